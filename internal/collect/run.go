package collect

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Request says what to read of one unit.
type Request struct {
	// Facts are the facts to collect, closed over what they are made of (Catalog.Closure).
	Facts []inventory.FactRef
	// Images narrows the run to single images, their snapshots and keys.
	Images []string
	// Patience is how long a named image that is not to be seen is asked for again; zero means once.
	Patience time.Duration
	// Sleep pauses until the time is over or the context is done; nil means the real clock.
	Sleep func(ctx context.Context, d time.Duration) error
	// Fellows are the other accounts of the run; nil where there are none.
	Fellows *Fellows
	// Now is the observation time of the whole unit.
	Now time.Time
	// Trace is told of every call; it may be called from several goroutines.
	Trace func(action string, err error)
}

// Unit reads one region of the account. It fails only when the run is cancelled: what AWS refuses is in the part as
// statuses and coverage.
func (a *Account) Unit(ctx context.Context, region string, request Request) (inventory.Part, error) {
	u := inventory.Unit{Partition: a.Partition, Account: a.ID, Region: region}
	return collectUnit(ctx, u, a.clients(region), request)
}

func collectUnit(ctx context.Context, id inventory.Unit, clients clients, request Request) (inventory.Part, error) {
	u := newUnit(id, clients, request)
	for _, level := range levels(u.selected(request.Facts)) {
		if err := collectLevel(ctx, u, level); err != nil {
			return inventory.Part{}, err
		}
	}
	// Whatever was cancelled by the last calls would look like errors of AWS.
	if err := cancelled(ctx); err != nil {
		return inventory.Part{}, err
	}
	return u.part(request), nil
}

// selected are the collectors of the wanted facts, in the table's order. With single images it adds what only then is
// needed, such as the images whose snapshots are wanted.
func (u *unit) selected(facts []inventory.FactRef) []collector {
	wanted := slices.Clone(facts)
	all := collectors()
	for i, c := range all {
		if u.narrowed() != "" && slices.Contains(facts, c.FactRef) {
			wanted = append(wanted, c.narrowedFrom...)
			all[i].From = slices.Concat(c.From, c.narrowedFrom)
		}
	}
	return slices.DeleteFunc(all, func(c collector) bool { return !slices.Contains(wanted, c.FactRef) })
}

// levels puts collectors that can run side by side together: a fact comes after everything that it is made of.
func levels(all []collector) [][]collector {
	depth := map[inventory.FactRef]int{}
	var sorted [][]collector
	for _, c := range all {
		for _, from := range slices.Concat(c.From, c.after, []inventory.FactRef{c.ListedBy}) {
			if d, ok := depth[from]; ok && from != c.FactRef && !slices.Contains(c.beside, from) {
				depth[c.FactRef] = max(depth[c.FactRef], d+1)
			}
		}
		level := depth[c.FactRef]
		depth[c.FactRef] = level
		for len(sorted) <= level {
			sorted = append(sorted, nil)
		}
		sorted[level] = append(sorted[level], c)
	}
	return sorted
}

func collectLevel(ctx context.Context, u *unit, level []collector) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, c := range level {
		group.Go(func() error { return c.collect(ctx, u) })
	}
	return group.Wait()
}

// part closes the unit: coverage is completed from the facts of single resources and from what a fact is made of.
func (u *unit) part(request Request) inventory.Part {
	part := inventory.Part{Unit: u.Unit, Observed: request.Now.UTC()}
	for _, r := range u.resources {
		part.Resources = append(part.Resources, *r)
	}
	part.Sort()
	for _, c := range u.selected(request.Facts) {
		// What comes later in the table may be made of this one, and lacks what this one lacks.
		u.coverage[c.FactRef] = u.complete(c, part.Resources)
		part.Coverage = append(part.Coverage, u.coverage[c.FactRef])
	}
	part.Sort()
	return part
}

// complete counts who has the fact and who lacks it. A fact whose sources could not be listed is not whole either, and
// says what stood in the way.
func (u *unit) complete(c collector, resources []inventory.Resource) inventory.Coverage {
	coverage := u.coverage[c.FactRef]
	for _, from := range slices.Concat(c.From, c.after) {
		if source, ok := u.coverage[from]; ok && weigh(source.Status, coverage.Status) {
			coverage.Status, coverage.Action, coverage.Code = source.Status, source.Action, source.Code
		}
	}
	c.lackNames(&coverage, resources)
	for _, r := range resources {
		if r.Kind != c.Kind {
			continue
		}
		fact := r.Fact(c.Name)
		if fact.Status.IsAnswer() {
			coverage.Items++
			continue
		}
		coverage.Missing++
		if coverage.Code == "" {
			coverage.Code = fact.Code
		}
	}
	return coverage
}

// lackNames looks at the single facts that may have named more of what was collected: a name may be what one of them lacks.
func (c collector) lackNames(coverage *inventory.Coverage, resources []inventory.Resource) {
	for _, r := range resources {
		for _, from := range c.after {
			if from.Kind != r.Kind {
				continue
			}
			fact := r.Fact(from.Name)
			asked := fact.Status != inventory.NotCollected
			if asked && !fact.Status.IsAnswer() && weigh(fact.Status, coverage.Status) {
				coverage.Status, coverage.Action, coverage.Code = fact.Status, fact.Action, fact.Code
			}
		}
	}
}

// weigh reports whether the first status is strictly worse than the second.
func weigh(a, b inventory.Status) bool { return a != b && inventory.Worst(a, b) == a }

// pause waits on the real clock.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
