package awsstub

import (
	"errors"
	"fmt"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

const assumeRoleAction = "sts:AssumeRole"

// door is what an account's own part in the region global says: which regions the account has, or why nobody could look.
type door struct {
	// closed says that no role of the account could be assumed.
	closed bool
	// regions are those that DescribeRegions tells; nil where they follow from the account's parts.
	regions       []map[string]any
	regionsDenied bool
}

// addDoor keeps the fact regions of the account whose part it is.
func (c *catalog) addDoor(p inventory.Part, r inventory.Resource) error {
	const name = "regions"
	f, there := r.Facts[name]
	if !there {
		return nil
	}
	if r.ID != p.Account {
		return fmt.Errorf("%s: only the account itself can tell them", name)
	}
	d := c.doors[p.Account]
	if isShut(f.Status, f.Action) {
		d.closed = true
	} else if err := d.readRegions(r, name); err != nil {
		return err
	}
	c.doors[p.Account] = d
	return nil
}

func (d *door) readRegions(r inventory.Resource, name string) error {
	f, err := readFact(r, name)
	d.regionsDenied = f.denied
	if err != nil || !f.known {
		return err
	}
	if _, err := render(list("regionInfo", group(regionShape)), "regionInfo", name, f.value); err != nil {
		return err
	}
	d.regions = objects(f.value)
	if slices.ContainsFunc(d.regions, func(region map[string]any) bool { return field(region, "RegionName") == "" }) {
		return errors.New(name + ": a region needs a name")
	}
	return nil
}

// closeDoor keeps what a part's coverage says of an account whose role could not be assumed.
func (c *catalog) closeDoor(p inventory.Part) {
	for _, record := range p.Coverage {
		if record.Kind == inventory.Account && isShut(record.Status, record.Action) {
			d := c.doors[p.Account]
			d.closed = true
			c.doors[p.Account] = d
		}
	}
}

// isShut reports whether nobody got into an account: no role could be assumed, or its state kept everybody out.
func isShut(status inventory.Status, action string) bool {
	return !status.IsAnswer() && action == assumeRoleAction || status == inventory.NotVisible
}

// canBeEntered reports whether a role could be assumed at all: its account is known, active and was not closed to whoever
// wrote the inventory.
func (c *catalog) canBeEntered(of role) bool {
	if tree := c.treeOfMember[of.account]; tree != nil {
		if m := tree.members[of.account]; m != nil && !m.isActive() {
			return false
		}
	}
	return of.partition == c.partitions[of.account] && !c.doors[of.account].closed
}
