package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// snapshotPermissions collects to whom each own snapshot is open: one call a snapshot, so only for policies that need
// more than whether it is public.
func snapshotPermissions() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.Snapshot, "snapshot_permissions"), Scope: inventory.ResourceScope,
			From: []inventory.FactRef{ref(inventory.Snapshot, "snapshot")}, Action: "ec2:DescribeSnapshotAttribute",
			Calls:   inventory.Calls{Of: inventory.Snapshot, Each: 1},
			Meaning: "To whom the snapshot is open: the CreateVolumePermissions of `aws ec2 describe-snapshot-attribute`.",
		},
		value: reflect.TypeFor[[]types.CreateVolumePermission](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		err := each(ctx, u.ids(inventory.Snapshot), func(ctx context.Context, id string) {
			// What does not exist, or could not be read itself, is not asked for to whom it is open.
			if snapshot := u.fact(ref(inventory.Snapshot, "snapshot"), id); snapshot.Status != inventory.Known {
				u.put(c.FactRef, id, snapshot)
				return
			}
			u.put(c.FactRef, id, u.snapshotGrants(ctx, c.FactType, id))
		})
		u.cover(c, nil)
		return err
	}
	return c
}

// snapshotGrants reads the create-volume permissions of a snapshot, once: two facts ask for the same attribute.
func (u *unit) snapshotGrants(ctx context.Context, c inventory.FactType, id string) inventory.Fact {
	return u.grants.do(id, func() inventory.Fact {
		out, err := call(ctx, u, c.Action, func(ctx context.Context) (*ec2.DescribeSnapshotAttributeOutput, error) {
			return u.clients.DescribeSnapshotAttribute(ctx, &ec2.DescribeSnapshotAttributeInput{
				SnapshotId: aws.String(id), Attribute: types.SnapshotAttributeNameCreateVolumePermission,
			})
		})
		if err != nil {
			return gap(c, err)
		}
		return known(c, append([]types.CreateVolumePermission{}, out.CreateVolumePermissions...))
	})
}
