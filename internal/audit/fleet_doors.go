package audit

import (
	"cmp"
	"context"
	"slices"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
	"golang.org/x/sync/errgroup"
)

// openDoors finds the accounts and what is to be read of each.
func (f *fleet) openDoors(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(f.workers())
	err := f.eachMine(ctx, func(m inventory.Member) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		group.Go(func() error { return f.openDoor(ctx, m) })
		return nil
	})
	// What stopped the doors says more than that the search for accounts was stopped.
	err = cmp.Or(group.Wait(), err)
	if said := f.inactive.sentence(); said != "" {
		f.watch.Say(said)
	}
	return err
}

// openDoor opens one account's door and queues what is behind it.
func (f *fleet) openDoor(ctx context.Context, m inventory.Member) error {
	door, account, err := f.door(ctx, m)
	if err != nil {
		return err
	}
	regions, why := door.EnabledRegions()
	if why != nil {
		f.refused(m, why)
		return nil
	}
	open, err := f.open(m, regions)
	if err != nil || len(open) == 0 {
		return err
	}
	if account == nil {
		if account, err = f.account.Reenter(ctx, m, f.entering()); err != nil {
			return f.lockedOut(ctx, open, err)
		}
	}
	for _, u := range open {
		f.queue.add(job{unit: u, account: account})
	}
	return nil
}

// door returns an account's global unit, as it stands in the store or as AWS answers. The account comes with the latter.
func (f *fleet) door(ctx context.Context, m inventory.Member) (inventory.Part, *collect.Account, error) {
	id := inventory.Unit{Partition: f.account.Partition, Account: m.ID, Region: inventory.Global}
	there, err := f.shelf.Has(id)
	if err != nil {
		return inventory.Part{}, nil, err
	}
	if there {
		return f.knownDoor(ctx, m, id)
	}
	door, err := f.account.Enter(ctx, m, f.entering())
	if err != nil || !isSettled(door.Part) {
		// What was not refused for good is not put: the next run may find the door open.
		return door.Part, door.Account, err
	}
	return door.Part, door.Account, f.put(door.Part)
}

// knownDoor returns the door that an earlier run has put. A refusal stays in its inventory, also if the role has been mended
// since: who mended it is told so.
func (f *fleet) knownDoor(ctx context.Context, m inventory.Member, id inventory.Unit) (inventory.Part, *collect.Account, error) {
	part, err := f.shelf.Part(id)
	if err != nil {
		return part, nil, err
	}
	if _, why := part.EnabledRegions(); why == nil || why.Status != inventory.Denied {
		return part, nil, nil
	}
	now, err := f.account.Enter(ctx, m, f.entering())
	if now.Account != nil {
		f.watch.Say("account " + m.ID + " can be entered by now, but an earlier run has put its refusal: begin another inventory")
	}
	return part, nil, err
}

// isSettled reports whether asking again is no use: the regions are known, or were refused.
func isSettled(door inventory.Part) bool {
	_, why := door.EnabledRegions()
	return why == nil || why.Status == inventory.Denied || why.Status == inventory.NotVisible
}

// refused tells of an account that can't be read. One that is closed is no failure, unless it was asked for by its id: nobody
// can read it.
func (f *fleet) refused(m inventory.Member, why *inventory.Fact) {
	if why.Status == inventory.NotVisible && !slices.Contains(f.asked.Whose.Accounts, m.ID) {
		f.inactive.add(why.Code)
		return
	}
	f.failed.Add(1)
	f.watch.Failed(m.ID, "", why.Action, codeOr(why.Code, why.Status))
}

// lockedOut tells of an account whose door was open and is not any more.
func (f *fleet) lockedOut(ctx context.Context, open []inventory.Unit, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	action, code, status := collect.Refusal(err)
	f.failed.Add(int64(len(open)))
	for _, u := range open {
		f.watch.Failed(u.Account, u.Region, action, codeOr(code, status))
	}
	return nil
}

func codeOr(code string, status inventory.Status) string {
	if code != "" {
		return code
	}
	return string(status)
}

// open are the units of an account that are to be read and not there yet.
func (f *fleet) open(m inventory.Member, enabled []string) ([]inventory.Unit, error) {
	var open []inventory.Unit
	all := 0
	for _, region := range f.regionsOf(m, enabled) {
		all++
		u := inventory.Unit{Partition: f.account.Partition, Account: m.ID, Region: region}
		there, err := f.shelf.Has(u)
		if err != nil {
			return nil, err
		}
		if !there {
			open = append(open, u)
		}
	}
	f.units.Add(int64(all))
	f.watch.Listed(all)
	f.watch.Kept(all - len(open))
	f.kept.Add(int64(all - len(open)))
	return open, nil
}

// regionsOf are the regions of an account that this worker reads. One that an account has enabled and that the caller's
// list did not know goes with the first of the list.
func (f *fleet) regionsOf(m inventory.Member, enabled []string) []string {
	isMine := func(region string) bool { return f.mine == nil || slices.Contains(f.mine[m.ID], region) }
	return slices.DeleteFunc(slices.Clone(enabled), func(region string) bool {
		if slices.Contains(f.manifest.Regions, region) {
			return !isMine(region)
		}
		return !f.manifest.AllRegions || !isMine(f.manifest.Regions[0])
	})
}

// fellow finds the account that a key belongs to, if it is one of those that are read.
func (f *fleet) fellow(ctx context.Context, account string) (*collect.Account, error) {
	select {
	case <-f.known:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	m, ok := f.members[account]
	if !ok || !m.State.IsOpen() {
		return nil, nil
	}
	return f.account.Reenter(ctx, m, f.entering())
}
