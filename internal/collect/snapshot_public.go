package collect

import (
	"context"
	"encoding/json"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// snapshotPublic collects which own snapshots everybody can restore. One listing names them all, and each that it names
// is confirmed by its own attribute, since not every server honours the filter.
func snapshotPublic() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.Snapshot, "snapshot_public"), Scope: inventory.ResourceScope,
			From: []inventory.FactRef{ref(inventory.Snapshot, "snapshot")}, Action: "ec2:DescribeSnapshotAttribute",
			// Each snapshot that the listing names is confirmed; there should be none.
			Calls:   inventory.Calls{Least: 1},
			Besides: []inventory.Call{{Action: "ec2:DescribeSnapshots", Calls: inventory.Calls{Least: 1}}},
			Meaning: "Whether everybody can restore the snapshot: named by `describe-snapshots --restorable-by-user-ids all` " +
				"and confirmed by its own createVolumePermission.",
		},
		value: reflect.TypeFor[bool](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		candidates, err := u.publicCandidates(ctx)
		if err == nil {
			u.cover(c, nil)
			return u.confirmPublic(ctx, c.FactType, candidates)
		}
		listing := c
		listing.Action = "ec2:DescribeSnapshots"
		for _, id := range u.ids(inventory.Snapshot) {
			u.put(c.FactRef, id, gap(listing.FactType, err))
		}
		u.cover(listing, err)
		return cancelled(ctx)
	}
	return c
}

// publicCandidates are the snapshots that may be public: those that the bulk listing names, or, with single images, all
// that are not encrypted (encrypted snapshots cannot be public: EC2 User Guide, "Share an Amazon EBS snapshot").
func (u *unit) publicCandidates(ctx context.Context) (map[string]bool, error) {
	candidates := map[string]bool{}
	if len(u.images) > 0 {
		for _, id := range u.ids(inventory.Snapshot) {
			var snapshot types.Snapshot
			if u.value(ref(inventory.Snapshot, "snapshot"), id, &snapshot) && !aws.ToBool(snapshot.Encrypted) {
				candidates[id] = true
			}
		}
		return candidates, nil
	}
	list, err := u.describeSnapshots(ctx, &ec2.DescribeSnapshotsInput{
		OwnerIds: []string{"self"}, RestorableByUserIds: []string{"all"}, MaxResults: aws.Int32(pageSize),
	})
	for _, snapshot := range list {
		candidates[aws.ToString(snapshot.SnapshotId)] = true
	}
	return candidates, err
}

// confirmPublic settles each own snapshot: private without a further call unless it is a candidate. Nothing follows
// from a snapshot that could not be read itself.
func (u *unit) confirmPublic(ctx context.Context, c inventory.FactType, candidates map[string]bool) error {
	return each(ctx, u.ids(inventory.Snapshot), func(ctx context.Context, id string) {
		snapshot := u.fact(ref(inventory.Snapshot, "snapshot"), id)
		switch {
		case snapshot.Status != inventory.Known:
			u.put(c.FactRef, id, snapshot)
		case !candidates[id]:
			private := inventory.Fact{Status: inventory.Known, Value: []byte("false"), Derived: true, Action: c.Action}
			u.put(c.FactRef, id, private)
		default:
			u.put(c.FactRef, id, publicFrom(c, u.snapshotGrants(ctx, c, id)))
		}
	})
}

// publicFrom reads from a snapshot's permissions whether group all is among them.
func publicFrom(c inventory.FactType, grants inventory.Fact) inventory.Fact {
	if grants.Status != inventory.Known {
		return grants
	}
	var list []types.CreateVolumePermission
	if err := json.Unmarshal(grants.Value, &list); err != nil {
		return gap(c, err)
	}
	for _, grant := range list {
		if grant.Group == types.PermissionGroupAll {
			return known(c, true)
		}
	}
	return known(c, false)
}
