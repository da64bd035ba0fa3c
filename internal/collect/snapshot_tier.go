package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// snapshotTiers collects what `aws ec2 describe-snapshot-tier-status` lists.
func snapshotTiers() collector {
	return overlayOne(inventory.FactType{
		FactRef: ref(inventory.Snapshot, "snapshot_tier"), Scope: inventory.ResourceScope,
		From: []inventory.FactRef{ref(inventory.Snapshot, "snapshot")}, Action: "ec2:DescribeSnapshotTierStatus",
		Meaning: "The storage tier of the snapshot and its last change, as `aws ec2 describe-snapshot-tier-status` prints it.",
	},
		func(item types.SnapshotTierStatus) *string { return item.SnapshotId },
		func(ctx context.Context, u *unit, token *string) ([]types.SnapshotTierStatus, *string, error) {
			out, err := u.clients.DescribeSnapshotTierStatus(ctx, &ec2.DescribeSnapshotTierStatusInput{
				MaxResults: aws.Int32(pageSize), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.SnapshotTierStatuses, out.NextToken, nil
		})
}
