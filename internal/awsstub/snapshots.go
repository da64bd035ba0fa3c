package awsstub

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// snapshotRecords says how the records of snapshots are read. Others see no tags of a snapshot.
var snapshotRecords = recordShape{
	fact: "snapshot", idField: "SnapshotId", fields: snapshotShape,
	permissionFact: "snapshot_permissions",
	permissions:    list("createVolumePermission", group(createVolumePermissionShape)),
	filters: map[string]string{
		"snapshot-id": "SnapshotId", "owner-id": "OwnerId", "owner-alias": "OwnerAlias", "encrypted": "Encrypted",
		"status": "State", "storage-tier": "StorageTier", "start-time": "StartTime", "volume-id": "VolumeId",
	},
}

func (c *catalog) addSnapshot(p inventory.Part, r inventory.Resource) error {
	record, _, err := newRecord(snapshotRecords, p, r)
	if err != nil || record == nil {
		return err
	}
	if err := record.publish(r); err != nil {
		return err
	}
	record.shown = r.Kind == inventory.ForeignSnapshot
	return shelfOf(c.snapshots, r.Region).put(record)
}

// publish reads snapshot_public, which says of the permissions only whether they are everybody's.
func (r *record) publish(from inventory.Resource) error {
	public, err := readFact(from, "snapshot_public")
	if err != nil {
		return err
	}
	r.permissionsDenied = r.permissionsDenied || public.denied
	everyone, ok := public.value.(bool)
	switch _, listed := from.Facts["snapshot_permissions"]; {
	case !public.known:
		return nil
	case !ok:
		return fmt.Errorf("snapshot_public: unexpected %s", jsonType(public.value))
	case listed && everyone != r.grants.everyone:
		return errors.New("snapshot_public: contradicts snapshot_permissions")
	case everyone && !listed:
		return r.grantAll()
	}
	return nil
}

// grantAll gives a record the one permission that makes it public.
func (r *record) grantAll() (err error) {
	permissions := []any{map[string]any{"Group": "all"}}
	r.grants = readGrants(permissions)
	e := snapshotRecords.permissions
	r.permissions, err = render(e, e.name, "snapshot_public", permissions)
	return err
}

// describeSnapshots answers DescribeSnapshots (EC2 API Reference). An id that exists but cannot be seen is left out
// without a word; one that does not exist fails the whole request.
func (s *Stub) describeSnapshots(r Request) ([]byte, error) {
	filters, err := readFilters(r, snapshotRecords.filters)
	if err != nil {
		return nil, err
	}
	ids := r.list("SnapshotId")
	if err := checkIDs(ids, "snap-", "InvalidSnapshotID.Malformed"); err != nil {
		return nil, err
	}
	shelf := s.catalog.snapshots[r.Region]
	if missing := slices.DeleteFunc(slices.Clone(ids), shelf.has); len(missing) > 0 {
		return nil, snapshotNotFound(missing...)
	}
	chosen := slices.DeleteFunc(shelf.visible(r.Account, ""), func(snapshot *record) bool {
		return len(ids) > 0 && !slices.Contains(ids, snapshot.id) ||
			!snapshot.isAskedAsSnapshot(r) || !matchAll(filters, snapshot.fields)
	})
	return s.page(r, listing{element: "snapshotSet", largest: 1000, items: itemsFor(r.Account, chosen)})
}

// isAskedAsSnapshot reports whether a snapshot is in the scope of OwnerIds and RestorableByUserIds; absent ones don't
// narrow it.
func (r *record) isAskedAsSnapshot(q Request) bool {
	owners, users := q.list("Owner"), q.list("RestorableBy")
	return (len(owners) == 0 || r.ownedBy(owners, q.Account)) &&
		(len(users) == 0 || r.restorableBy(users, q.Account))
}

// restorableBy reports whether one of the users can make a volume: "all" is everyone, "self" the caller as owner or by
// an explicit permission, an id the account that has one (EC2 API Reference, RestorableBy).
func (r *record) restorableBy(users []string, caller string) bool {
	return slices.ContainsFunc(users, func(user string) bool {
		switch user {
		case "all":
			return r.grants.everyone
		case "self", caller:
			return r.owner == caller || r.grants.accounts[caller]
		}
		return r.grants.accounts[user]
	})
}

func snapshotNotFound(ids ...string) error {
	return invalid("InvalidSnapshot.NotFound", "The snapshot '"+strings.Join(ids, ", ")+"' does not exist.")
}
