package store

import (
	"fmt"
	"regexp"
	"sync"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	manifestName = "manifest.json"
	partName     = "part.jsonl.zst"
	// maxManifest bounds the manifest, in bytes.
	maxManifest = 64 << 20
)

// unitWord is what an account or a region looks like in a name; anything else could leave the inventory.
var unitWord = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,63}$`)

// unitPath matches where a part stands in its inventory.
var unitPath = regexp.MustCompile(`^account=([^/]+)/region=([^/]+)/` + regexp.QuoteMeta(partName) + `$`)

// checkUnit refuses units whose words can't be names.
func checkUnit(unit inventory.Unit) error {
	if !unitWord.MatchString(unit.Account) || !unitWord.MatchString(unit.Region) {
		return fmt.Errorf("unit of account %.80q, region %.80q can't be stored", unit.Account, unit.Region)
	}
	return nil
}

// pathOf is where the part of a unit stands in its inventory, with slashes.
func pathOf(unit inventory.Unit) string {
	return "account=" + unit.Account + "/region=" + unit.Region + "/" + partName
}

// unitAt reads pathOf backwards; any other path is no part.
func unitAt(path string) (inventory.Unit, bool) {
	words := unitPath.FindStringSubmatch(path)
	if words == nil {
		return inventory.Unit{}, false
	}
	unit := inventory.Unit{Account: words[1], Region: words[2]}
	return unit, checkUnit(unit) == nil
}

// doneUnits remembers which units have a part: what one listing found and what was put since. Asking the store about each
// of 34,000 units would take half an hour in a bucket.
type doneUnits struct {
	mu    sync.Mutex
	units map[inventory.Unit]struct{}
}

// has answers from memory; list is called for the first question.
func (d *doneUnits) has(unit inventory.Unit, list func() ([]inventory.Unit, error)) (bool, error) {
	if err := checkUnit(unit); err != nil {
		return false, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.units == nil {
		units, err := list()
		if err != nil {
			return false, err
		}
		d.fill(units)
	}
	_, done := d.units[withoutPartition(unit)]
	return done, nil
}

func (d *doneUnits) fill(units []inventory.Unit) {
	d.units = make(map[inventory.Unit]struct{}, len(units))
	for _, unit := range units {
		d.units[withoutPartition(unit)] = struct{}{}
	}
}

// add notes a unit that was put.
func (d *doneUnits) add(unit inventory.Unit) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.units[withoutPartition(unit)] = struct{}{}
}

// withoutPartition is a unit as the names in a store have it.
func withoutPartition(unit inventory.Unit) inventory.Unit {
	unit.Partition = ""
	return unit
}
