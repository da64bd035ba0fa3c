package collect

import (
	"cmp"
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
			Calls:   inventory.Calls{Least: 1, Of: inventory.Snapshot, Each: pageSize},
			Meaning: "The snapshot as `aws ec2 describe-snapshots` prints it.",
		},
		// Of single images, only the snapshots that they map are read.
		narrowedFrom: []inventory.FactRef{ref(inventory.AMI, "image")},
		value:        reflect.TypeFor[types.Snapshot](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		err := u.collectSnapshots(ctx, c.FactType)
		u.cover(c, err)
		return cancelled(ctx)
	}
	return c
}

// collectSnapshots reads everything that the account owns, or what the named images map. Servers that ignore the
// filters are not believed.
func (u *unit) collectSnapshots(ctx context.Context, c inventory.FactType) error {
	if len(u.images) > 0 {
		return u.mappedSnapshots(ctx, c)
	}
	list, err := u.describeSnapshots(ctx, &ec2.DescribeSnapshotsInput{
		OwnerIds: []string{"self"}, MaxResults: aws.Int32(pageSize),
	})
	for _, snapshot := range list {
		if aws.ToString(snapshot.OwnerId) == u.Account {
			u.put(c.FactRef, aws.ToString(snapshot.SnapshotId), known(c, snapshot))
		}
	}
	return err
}

// mappedSnapshots reads what the named images map, by filter: a list of ids would be refused whole for one that is
// missing.
func (u *unit) mappedSnapshots(ctx context.Context, c inventory.FactType) error {
	var failed error
	for batch := range slices.Chunk(u.wantedSnapshots(), filterBatch) {
		list, err := u.describeSnapshots(ctx, &ec2.DescribeSnapshotsInput{
			Filters: []types.Filter{{Name: aws.String("snapshot-id"), Values: batch}}, MaxResults: aws.Int32(pageSize),
		})
		for _, snapshot := range list {
			if id := aws.ToString(snapshot.SnapshotId); slices.Contains(batch, id) {
				u.putOwned(c.FactRef, id, aws.ToString(snapshot.OwnerId), known(c, snapshot))
			}
		}
		u.missing(c, batch, err)
		failed = cmp.Or(failed, err)
	}
	return failed
}

// wantedSnapshots are the snapshots that the named images map, sorted, each once.
func (u *unit) wantedSnapshots() []string {
	var wanted []string
	for _, id := range u.ids(inventory.AMI) {
		var image types.Image
		if u.value(ref(inventory.AMI, "image"), id, &image) {
			wanted = append(wanted, mappedSnapshots(image)...)
		}
	}
	slices.Sort(wanted)
	return slices.Compact(wanted)
}

func (u *unit) describeSnapshots(ctx context.Context, input *ec2.DescribeSnapshotsInput) ([]types.Snapshot, error) {
	fetch := func(ctx context.Context, token *string) ([]types.Snapshot, *string, error) {
		input.NextToken = token
		out, err := u.clients.DescribeSnapshots(ctx, input)
		if err != nil {
			return nil, nil, err
		}
		return out.Snapshots, out.NextToken, named(out.Snapshots, func(s types.Snapshot) *string { return s.SnapshotId })
	}
	return pages(ctx, u, "ec2:DescribeSnapshots", fetch)
}

// missing stores what became of the wanted ids that an answer left out: not there when the listing was whole, the
// listing's own status otherwise.
func (u *unit) missing(c inventory.FactType, wanted []string, err error) {
	there := u.ids(c.Kind)
	for _, id := range wanted {
		if slices.Contains(there, id) {
			continue
		}
		fact := inventory.Fact{Status: inventory.NotFound, Action: c.Action}
		if err != nil {
			fact = gap(c, err)
		}
		u.put(c.FactRef, id, fact)
	}
}
