package audit

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/shard"
)

// shelf is where parts are put once and found again.
type shelf interface {
	Has(inventory.Unit) (bool, error)
	Part(inventory.Unit) (inventory.Part, error)
	Put(inventory.Part) error
}

// fleet reads many accounts into one inventory: it finds accounts, opens the door of each, and reads the units behind it,
// all at the same time.
type fleet struct {
	*Target
	shelf shelf
	queue *queue
	// listed are the accounts that the organization has.
	listed map[string]bool
	// management is the management account, once the listing has shown it.
	management *collect.Member
	// members are the accounts to be read, whole once all are known.
	members map[string]collect.Member
	known   chan struct{}
	fellows *collect.Fellows
	// mine are the units of this worker, by account; nil where the run is not divided.
	mine map[string][]string

	units, kept, read, failed atomic.Int64
}

// Outcome is what collecting ended with.
type Outcome struct {
	// Units are those that were to be read, as far as they are known; Kept were there before, Read are new.
	Units, Kept, Read int
	// Failed counts the accounts and units that could not be read at all.
	Failed int
}

// UnkeptError says that a part could not be stored, so that reading on made no sense. What was stored before stays.
type UnkeptError struct{ Err error }

func (e *UnkeptError) Error() string { return e.Err.Error() }

// Unwrap returns what the store said.
func (e *UnkeptError) Unwrap() error { return e.Err }

func (t *Target) newFleet(s shelf) *fleet {
	f := &fleet{
		Target: t, shelf: s, queue: newQueue(), listed: map[string]bool{}, members: map[string]collect.Member{},
		known: make(chan struct{}),
	}
	f.fellows = collect.NewFellows(f.fellow)
	return f
}

// run reads everything that is not there yet.
func (f *fleet) run(ctx context.Context) (Outcome, error) {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer f.queue.close()
		defer f.watch.ListedAll()
		return f.openDoors(ctx)
	})
	for range f.workers() {
		group.Go(func() error { return f.work(ctx) })
	}
	err := group.Wait()
	return Outcome{
		Units: int(f.units.Load()), Kept: int(f.kept.Load()), Read: int(f.read.Load()), Failed: int(f.failed.Load()),
	}, err
}

// callsPerUnit is how many calls in flight one unit keeps busy, as a rule.
const callsPerUnit = 4

// workers is how many units are read at a time.
func (f *fleet) workers() int { return max(parallelUnits, f.asked.Pacing.InFlight/callsPerUnit) }

// openDoors finds the accounts and what is to be read of each.
func (f *fleet) openDoors(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(f.workers())
	err := f.eachMine(ctx, func(m collect.Member) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		group.Go(func() error { return f.openDoor(ctx, m) })
		return nil
	})
	return errors.Join(err, group.Wait())
}

// eachMine hands out the accounts of which this worker reads something. A divided run has to know all of them first.
func (f *fleet) eachMine(ctx context.Context, do func(collect.Member) error) error {
	defer close(f.known)
	if f.asked.Shard.Whole() {
		return f.eachMember(ctx, func(m collect.Member) error {
			f.members[m.ID] = m
			return do(m)
		})
	}
	var all []collect.Member
	err := f.eachMember(ctx, func(m collect.Member) error {
		f.members[m.ID] = m
		all = append(all, m)
		return nil
	})
	if err != nil {
		return err
	}
	f.divide(all)
	for _, m := range all {
		if f.mine[m.ID] == nil {
			continue
		}
		if err := do(m); err != nil {
			return err
		}
	}
	return nil
}

// Weights of a unit: an account has a region that is enabled everywhere, and perhaps one that is not.
const (
	sureWeight    = 4
	perhapsWeight = 1
)

// divide takes this worker's share of all units that there may be. Which of them exist, the doors say.
func (f *fleet) divide(all []collect.Member) {
	slices.SortFunc(all, func(a, b collect.Member) int { return strings.Compare(a.ID, b.ID) })
	var units []inventory.Unit
	for _, m := range all {
		for _, region := range f.manifest.Regions {
			units = append(units, inventory.Unit{Account: m.ID, Region: region})
		}
	}
	f.mine = map[string][]string{}
	for _, u := range shard.Split(units, f.weight, f.asked.Shard) {
		f.mine[u.Account] = append(f.mine[u.Account], u.Region)
	}
}

func (f *fleet) weight(u inventory.Unit) int {
	if f.everywhere[u.Region] {
		return sureWeight
	}
	return perhapsWeight
}

// openDoor opens one account's door and queues what is behind it.
func (f *fleet) openDoor(ctx context.Context, m collect.Member) error {
	door, account, err := f.door(ctx, m)
	if err != nil {
		return err
	}
	regions, why := collect.EnabledIn(door)
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
func (f *fleet) door(ctx context.Context, m collect.Member) (inventory.Part, *collect.Account, error) {
	id := inventory.Unit{Partition: f.account.Partition, Account: m.ID, Region: inventory.Global}
	there, err := f.shelf.Has(id)
	if err != nil {
		return inventory.Part{}, nil, err
	}
	if there {
		part, err := f.shelf.Part(id)
		if err != nil || isSettled(part) {
			return part, nil, err
		}
	}
	door, err := f.account.Enter(ctx, m, f.entering())
	if err != nil || there || !isSettled(door.Part) {
		// What was not refused for good is not put: the next run may find the door open.
		return door.Part, door.Account, err
	}
	return door.Part, door.Account, f.put(door.Part)
}

// isSettled reports whether asking again is no use: the regions are known, or were refused for good.
func isSettled(door inventory.Part) bool {
	_, why := collect.EnabledIn(door)
	return why == nil || why.Status == inventory.Denied || why.Status == inventory.NotVisible
}

// refused tells of an account that can't be read. One that is closed is no failure: nobody can read it.
func (f *fleet) refused(m collect.Member, why *inventory.Fact) {
	if why.Status == inventory.NotVisible {
		f.watch.Say("account " + m.ID + " is " + why.Code + " and is not read")
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
func (f *fleet) open(m collect.Member, enabled []string) ([]inventory.Unit, error) {
	var open []inventory.Unit
	all := 0
	for _, region := range f.manifest.Regions {
		if !slices.Contains(enabled, region) || f.mine != nil && !slices.Contains(f.mine[m.ID], region) {
			continue
		}
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

// work reads one unit after another.
func (f *fleet) work(ctx context.Context) error {
	for {
		j, ok := f.queue.next(ctx)
		if !ok {
			return ctx.Err()
		}
		f.watch.Started(j.unit.Account, j.unit.Region)
		request := f.request(j.unit.Region)
		request.Fellows = f.fellows
		part, err := j.account.Unit(ctx, j.unit.Region, request)
		if err != nil {
			return err
		}
		if err := f.put(part); err != nil {
			return err
		}
		f.read.Add(1)
		f.watch.Finished(j.unit.Account, j.unit.Region, gapsIn(part))
	}
}

// fellow finds the account that a key belongs to, if it is one of those that are read.
func (f *fleet) fellow(ctx context.Context, account string) (*collect.Account, error) {
	select {
	case <-f.known:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	m, ok := f.members[account]
	if !ok || !m.IsOpen() {
		return nil, nil
	}
	return f.account.Reenter(ctx, m, f.entering())
}

func (f *fleet) put(part inventory.Part) error {
	if err := f.shelf.Put(part); err != nil {
		return &UnkeptError{Err: err}
	}
	return nil
}

// gapsIn counts the facts of a unit that are no answer.
func gapsIn(part inventory.Part) int {
	gaps := 0
	for _, c := range part.Coverage {
		if !c.Status.IsAnswer() || c.Missing > 0 {
			gaps++
		}
	}
	return gaps
}

func (f *fleet) entering() collect.Entering {
	return collect.Entering{Role: f.asked.Whose.Role, Clock: f.asked.Clock, Trace: f.asked.Trace}
}

func (f *fleet) listing() collect.Listing {
	return collect.Listing{Tags: len(f.asked.Whose.Tags) > 0, Now: f.asked.Clock(), Trace: f.asked.Trace}
}
