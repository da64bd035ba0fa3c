package audit

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// eachMember hands out the accounts that are to be read, as soon as they are known. Accounts that were listed before, by
// this run or by another worker of it, are not listed again.
func (f *fleet) eachMember(ctx context.Context, do func(inventory.Member) error) error {
	if !f.asked.Whose.Organization {
		for _, id := range slices.Compact(slices.Sorted(slices.Values(f.asked.Whose.Accounts))) {
			if slices.Contains(f.asked.Whose.Skip, id) {
				continue
			}
			if err := do(inventory.Member{ID: id}); err != nil {
				return err
			}
		}
		return nil
	}
	wanted := func(m inventory.Member) error {
		f.listed[m.ID] = true
		for id := range strings.SplitSeq(m.Path(), "/") {
			f.listed[id] = true
		}
		wants, err := f.asked.Whose.wants(m)
		if err != nil || !wants {
			return err
		}
		return do(m)
	}
	roll, known, err := f.knownRoll()
	if err != nil {
		return err
	}
	switch {
	case known:
		err = eachOf(roll, wanted)
	case f.asked.Shard.Whole():
		_, err = f.list(ctx, wanted)
	default:
		// All workers divide one list: the one that was put first.
		if roll, err = f.list(ctx, func(inventory.Member) error { return nil }); err == nil {
			err = eachOf(roll, wanted)
		}
	}
	if err != nil {
		return err
	}
	return f.missingMembers()
}

// missingMembers refuses accounts and organizational units that were asked for and that the organization does not have: one
// that was made anew has another id, and a run that leaves it out looks whole.
func (f *fleet) missingMembers() error {
	missing := func(ids []string) []string {
		return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return f.listed[id] })
	}
	if strangers := missing(f.asked.Whose.Accounts); len(strangers) > 0 {
		return fmt.Errorf("organization %s has no account %s", f.organization.ID, strings.Join(strangers, ", "))
	}
	if strangers := missing(f.asked.Whose.OUs); len(strangers) > 0 {
		return fmt.Errorf("organization %s has no account below %s", f.organization.ID, strings.Join(strangers, ", "))
	}
	return nil
}

// rollUnit is where the accounts of the organization stand.
func (f *fleet) rollUnit() inventory.Unit {
	return inventory.Unit{Partition: f.account.Partition, Account: f.organization.Management, Region: inventory.Global}
}

// knownRoll returns the accounts as an earlier run, or another worker, has put them.
func (f *fleet) knownRoll() (roll inventory.Part, known bool, err error) {
	if known, err = f.shelf.Has(f.rollUnit()); err != nil || !known {
		return roll, false, err
	}
	roll, err = f.shelf.Part(f.rollUnit())
	return roll, true, err
}

func eachOf(roll inventory.Part, do func(inventory.Member) error) error {
	for _, r := range roll.Resources {
		if r.Kind != inventory.Account {
			continue
		}
		if err := do(inventory.MemberOf(r)); err != nil {
			return err
		}
	}
	return nil
}

// list asks AWS for the accounts. The management account's own door stands in the same unit.
func (f *fleet) list(ctx context.Context, do func(inventory.Member) error) (inventory.Part, error) {
	roll, err := f.account.ListAccounts(ctx, f.organization, f.listing(func(m inventory.Member) error {
		if m.ID == f.organization.Management {
			f.management = &m // its door is put together with the list
			return nil
		}
		return do(m)
	}))
	if err != nil {
		return roll, err
	}
	if roll, err = f.withManagement(ctx, roll); err != nil {
		return roll, err
	}
	if err := f.put(roll); err != nil {
		return roll, err
	}
	// Another worker may have been first: its list holds for all.
	if roll, err = f.shelf.Part(f.rollUnit()); err != nil || f.management == nil {
		return roll, err
	}
	return roll, do(*f.management)
}

// withManagement adds the management account's own regions to the list, if it is to be read.
func (f *fleet) withManagement(ctx context.Context, roll inventory.Part) (inventory.Part, error) {
	if f.management == nil {
		return roll, nil
	}
	wants, err := f.asked.Whose.wants(*f.management)
	if err != nil || !wants {
		return roll, err
	}
	door, err := f.account.Enter(ctx, *f.management, f.entering())
	if err != nil {
		return roll, err
	}
	if !isSettled(door.Part) {
		// The list is put once: what AWS did not answer now would be missing from it for good.
		_, why := door.Part.EnabledRegions()
		return roll, fmt.Errorf("enter the management account %s: %s: %s", f.management.ID, why.Action, codeOr(why.Code, why.Status))
	}
	return withDoor(roll, door.Part), nil
}

// withDoor lays an account's door into the organization's unit.
func withDoor(roll, door inventory.Part) inventory.Part {
	for i, r := range roll.Resources {
		for _, d := range door.Resources {
			if r.Kind == d.Kind && r.ID == d.ID {
				for name, fact := range d.Facts {
					roll.Resources[i].Facts[name] = fact
				}
			}
		}
	}
	roll.Coverage = append(roll.Coverage, door.Coverage...)
	roll.Sort()
	return roll
}
