package audit

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
)

// eachMember hands out the accounts that are to be read, as soon as they are known. Accounts that were listed before, by
// this run or by another worker of it, are not listed again.
func (f *fleet) eachMember(ctx context.Context, do func(collect.Member) error) error {
	if !f.asked.Whose.Organization {
		for _, id := range slices.Compact(slices.Sorted(slices.Values(f.asked.Whose.Accounts))) {
			if err := do(collect.Member{ID: id}); err != nil {
				return err
			}
		}
		return nil
	}
	wanted := func(m collect.Member) error {
		f.listed[m.ID] = true
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
		if roll, err = f.list(ctx, func(collect.Member) error { return nil }); err == nil {
			err = eachOf(roll, wanted)
		}
	}
	if err != nil {
		return err
	}
	return f.missingMembers()
}

// missingMembers refuses accounts that were asked for and that the organization does not have.
func (f *fleet) missingMembers() error {
	var strangers []string
	for _, id := range f.asked.Whose.Accounts {
		if !f.listed[id] {
			strangers = append(strangers, id)
		}
	}
	if len(strangers) == 0 {
		return nil
	}
	return fmt.Errorf("organization %s has no account %s", f.organization.ID, strings.Join(strangers, ", "))
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

func eachOf(roll inventory.Part, do func(collect.Member) error) error {
	for _, r := range roll.Resources {
		if r.Kind != inventory.Account {
			continue
		}
		if err := do(collect.MemberOf(r)); err != nil {
			return err
		}
	}
	return nil
}

// list asks AWS for the accounts. The management account's own door stands in the same unit.
func (f *fleet) list(ctx context.Context, do func(collect.Member) error) (inventory.Part, error) {
	roll, err := f.account.ListAccounts(ctx, f.organization, f.listing(func(m collect.Member) error {
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
	if err := f.shelf.Put(roll); err != nil {
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
