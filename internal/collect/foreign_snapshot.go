package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// foreignSnapshots collects the snapshots that launches name and that are not among the account's own: `aws ec2
// describe-snapshots` filtered by snapshot-id. Like a foreign image, one belongs to whoever owns it; of one that is not
// to be seen, nobody knows.
func foreignSnapshots() collector {
	id := func(item types.Snapshot) *string { return item.SnapshotId }
	return byName[types.Snapshot]{
		FactType: inventory.FactType{
			FactRef: ref(inventory.ForeignSnapshot, "snapshot"), Scope: inventory.UnitScope, Action: "ec2:DescribeSnapshots",
			From:    []inventory.FactRef{ref(inventory.Snapshot, "snapshot")},
			Meaning: "A snapshot that a launch names and that the account does not own, as `aws ec2 describe-snapshots` prints it.",
		},
		after: launcherFacts, batch: filterBatch, id: id, owner: func(item types.Snapshot) *string { return item.OwnerId },
		wanted: (*unit).foreignSnapshotsNamed,
		fetch: func(ctx context.Context, u *unit, names []string) ([]types.Snapshot, error) {
			return readAll(ctx, u, "ec2:DescribeSnapshots", id,
				func(ctx context.Context, u *unit, token *string) ([]types.Snapshot, *string, error) {
					out, err := u.clients.DescribeSnapshots(ctx, &ec2.DescribeSnapshotsInput{
						Filters:    []types.Filter{{Name: aws.String("snapshot-id"), Values: names}},
						MaxResults: aws.Int32(pageSize), NextToken: token,
					})
					if err != nil {
						return nil, nil, err
					}
					return out.Snapshots, out.NextToken, nil
				})
		},
		absent: inventory.NotVisible,
	}.collector()
}
