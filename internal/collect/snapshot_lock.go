package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// snapshotLocks collects what `aws ec2 describe-locked-snapshots` lists.
func snapshotLocks() collector {
	return overlayOne(inventory.FactType{
		FactRef: ref(inventory.Snapshot, "snapshot_lock"), Scope: inventory.ResourceScope,
		From: []inventory.FactRef{ref(inventory.Snapshot, "snapshot")}, Action: "ec2:DescribeLockedSnapshots",
		Meaning: "The lock that keeps the snapshot from being deleted; not_found where there is none: " +
			"`aws ec2 describe-locked-snapshots`.",
	},
		func(item types.LockedSnapshotsInfo) *string { return item.SnapshotId },
		func(ctx context.Context, u *unit, token *string) ([]types.LockedSnapshotsInfo, *string, error) {
			out, err := u.clients.DescribeLockedSnapshots(ctx, &ec2.DescribeLockedSnapshotsInput{
				MaxResults: aws.Int32(pageSize), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.Snapshots, out.NextToken, nil
		})
}
