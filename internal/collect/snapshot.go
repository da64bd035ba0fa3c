package collect

import (
	"context"
	"reflect"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// snapshots collects the account's own snapshots; with single images, those that the images map.
func snapshots() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.Snapshot, "snapshot"), ListedBy: ref(inventory.Snapshot, "snapshot"),
			Scope: inventory.ResourceScope, Action: "ec2:DescribeSnapshots",
			Meaning: "The snapshot as `aws ec2 describe-snapshots` prints it.",
		},
		value: reflect.TypeFor[types.Snapshot](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		input, wanted := ownSnapshots(u)
		if input == nil {
			u.cover(c, nil)
			return nil
		}
		list, err := u.describeSnapshots(ctx, input)
		for _, snapshot := range list {
			// Servers that ignore the owner filter are not believed.
			if owner := aws.ToString(snapshot.OwnerId); owner == u.Account || len(u.images) > 0 {
				u.putOwned(c.FactRef, aws.ToString(snapshot.SnapshotId), owner, known(c.FactType, snapshot))
			}
		}
		u.missing(c.FactType, wanted, err)
		u.cover(c, err)
		return cancelled(ctx)
	}
	return c
}

// ownSnapshots asks for everything the account owns, or by filter for what the named images map; nil where they map
// nothing.
func ownSnapshots(u *unit) (input *ec2.DescribeSnapshotsInput, wanted []string) {
	input = &ec2.DescribeSnapshotsInput{MaxResults: aws.Int32(pageSize)}
	if len(u.images) == 0 {
		input.OwnerIds = []string{"self"}
		return input, nil
	}
	for _, id := range u.ids(inventory.AMI) {
		var image types.Image
		if u.value(ref(inventory.AMI, "image"), id, &image) {
			wanted = append(wanted, mappedSnapshots(image)...)
		}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	slices.Sort(wanted)
	wanted = slices.Compact(wanted)
	input.Filters = []types.Filter{{Name: aws.String("snapshot-id"), Values: wanted}}
	return input, wanted
}

func (u *unit) describeSnapshots(ctx context.Context, input *ec2.DescribeSnapshotsInput) ([]types.Snapshot, error) {
	fetch := func(ctx context.Context, token *string) ([]types.Snapshot, *string, error) {
		input.NextToken = token
		out, err := u.clients.DescribeSnapshots(ctx, input)
		if err != nil {
			return nil, nil, err
		}
		return out.Snapshots, out.NextToken, nil
	}
	return pages(ctx, u, "ec2:DescribeSnapshots", fetch)
}

// missing stores what became of the wanted ids that an answer left out: not there when the listing was whole, the
// listing's own status otherwise.
func (u *unit) missing(c inventory.FactType, wanted []string, err error) {
	for _, id := range wanted {
		if slices.Contains(u.ids(c.Kind), id) {
			continue
		}
		fact := inventory.Fact{Status: inventory.NotFound, Action: c.Action}
		if err != nil {
			fact = gap(c, err)
		}
		u.put(c.FactRef, id, fact)
	}
}
