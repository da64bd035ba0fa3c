package link

import (
	"encoding/json"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// lentBudget bounds the bytes that are kept of snapshots: some fifty thousand.
const lentBudget = 32 << 20

// lentSnapshots holds the encrypted snapshots behind images that are shared with accounts, organizations or OUs. Who may
// launch such an image uses them without seeing them (EC2 User Guide, "Share an AMI": the snapshots need not be shared),
// and the key that they lie under decides whether the launch boots. One that is not kept costs certainty alone.
type lentSnapshots struct {
	kept  map[place]lentSnapshot
	bytes int
}

// lentSnapshot is a snapshot as its owner sees it, and its key.
type lentSnapshot struct {
	key   string
	value json.RawMessage
}

func (s *lentSnapshots) see(part inventory.Part) {
	snapshots := map[string]inventory.Fact{}
	for _, r := range part.Resources {
		if r.Kind == inventory.Snapshot {
			snapshots[r.ID] = r.Fact(snapshotFact.Name)
		}
	}
	for _, r := range part.Resources {
		if r.Kind != inventory.AMI || !isLent(r) {
			continue
		}
		for _, id := range readImage(r).snapshotIDs() {
			s.keep(place{intern(part.Region), id}, snapshots[id])
		}
	}
}

// isLent reports whether an image is known to be shared with somebody in particular: nobody can share one that is
// encrypted with all (ModifyImageAttribute).
func isLent(r inventory.Resource) bool {
	var permissions []permission
	decode(r.Fact(launchPermissionsFact.Name), &permissions)
	return slices.ContainsFunc(permissions, func(p permission) bool { return p.Group == "" })
}

func (s *lentSnapshots) keep(at place, fact inventory.Fact) {
	var view struct {
		KmsKeyID string `json:"KmsKeyId"`
	}
	_, twice := s.kept[at]
	if decode(fact, &view); twice || view.KmsKeyID == "" || s.bytes+len(fact.Value) > lentBudget {
		return
	}
	if s.kept == nil {
		s.kept = map[place]lentSnapshot{}
	}
	s.kept[at] = lentSnapshot{key: intern(view.KmsKeyID), value: fact.Value}
	s.bytes += len(fact.Value)
}

// snapshotOf finds a snapshot behind launches. One that another account's image maps, and that only its owner sees, is taken
// from there, if all is known of its key: half of what decides would look as if this account had to ask for the rest. One
// that a launch names itself must be visible to the account (CreateVolume).
func (ix *index) snapshotOf(p *plan, id string) inventory.Fact {
	fact := ix.snapshotNamed(id)
	lent, ok := ix.world.lent.kept[place{ix.part.Region, id}]
	if !ok || fact.Status == inventory.Known || slices.Contains(distinct(p, snapshotsNamed), id) {
		return fact
	}
	if !ix.world.keys.kept[lent.key].isWhole() {
		return fact
	}
	return inventory.Fact{Status: inventory.Known, Value: lent.value, Derived: true}
}
