package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// recycledSnapshots collects what `aws ec2 list-snapshots-in-recycle-bin` lists.
func recycledSnapshots() collector {
	return listed(inventory.FactType{
		FactRef: ref(inventory.RecycledSnapshot, "recycled_snapshot"), Action: "ec2:ListSnapshotsInRecycleBin",
		Meaning: "A snapshot in the Recycle Bin, as `aws ec2 list-snapshots-in-recycle-bin` prints it.",
	},
		func(item types.SnapshotRecycleBinInfo) *string { return item.SnapshotId },
		func(ctx context.Context, u *unit, token *string) ([]types.SnapshotRecycleBinInfo, *string, error) {
			out, err := u.clients.ListSnapshotsInRecycleBin(ctx, &ec2.ListSnapshotsInRecycleBinInput{
				MaxResults: aws.Int32(pageSize), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.Snapshots, out.NextToken, nil
		})
}
