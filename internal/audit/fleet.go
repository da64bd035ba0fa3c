package audit

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
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
	management *inventory.Member
	// members are the accounts to be read, whole once all are known.
	members map[string]inventory.Member
	known   chan struct{}
	fellows *collect.Fellows
	// mine are the units of this worker, by account; nil where the run is not divided.
	mine     map[string][]string
	inactive inactive

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
		Target: t, shelf: s, queue: newQueue(), listed: map[string]bool{}, members: map[string]inventory.Member{},
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
func (t *Target) workers() int { return max(parallelUnits, t.asked.Pacing.Slots()/callsPerUnit) }

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
		gaps := gapsIn(part)
		if gaps > 0 && f.sessionIsOver(ctx, j, part) {
			continue
		}
		if err := f.put(part); err != nil {
			return err
		}
		f.read.Add(1)
		f.watch.Finished(j.unit.Account, j.unit.Region, gaps)
	}
}

// sessionIsOver tells of a unit that is not kept because its account can't be read any more: the next run reads it.
func (f *fleet) sessionIsOver(ctx context.Context, j job, part inventory.Part) bool {
	err := j.account.SessionOver(ctx, part)
	if err == nil || ctx.Err() != nil {
		return false
	}
	action, code, status := collect.Refusal(err)
	f.failed.Add(1)
	f.watch.Failed(j.unit.Account, j.unit.Region, action, codeOr(code, status))
	return true
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
	return collect.Entering{
		Role: f.asked.Whose.Role, SameOrganization: f.asked.Whose.Organization, Clock: f.asked.Clock, Trace: f.asked.Trace,
	}
}

func (t *Target) listing(each func(inventory.Member) error) collect.Listing {
	return collect.Listing{
		Tags: len(t.asked.Whose.Tags) > 0, Now: t.asked.Clock(), Trace: t.asked.Trace, Each: each,
	}
}
