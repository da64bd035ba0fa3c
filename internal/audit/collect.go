package audit

import (
	"context"
	"iter"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/shard"
)

// AllRegions asks for every region that the account has enabled.
const AllRegions = "all"

// askedFirst is the region that lists the regions where neither the user nor the environment names one. Its neighbours in
// other partitions need one to be named.
const askedFirst = "us-east-1"

// parallelUnits bounds how many regions are read side by side.
const parallelUnits = 4

// Collecting says what to read from AWS.
type Collecting struct {
	// Version is amiscan's own.
	Version string
	Profile string
	// Regions are names, or AllRegions; none means the one that the environment or the profile names.
	Regions []string
	// Images narrows the run to single images. Places are the regions of those whose region is known, by id: they are looked
	// for nowhere else.
	Images []string
	Places map[string]string
	// Patience is how long a named image that is not to be seen is asked for again.
	Patience time.Duration
	// Pacing is how fast AWS is asked.
	Pacing collect.Pacing
	// Whose says which accounts are read beside the caller's own.
	Whose Whose
	// Shard is this worker's part of a run over many accounts.
	Shard shard.Shard
	Now   time.Time
	// Clock gives the observation time of each unit; nil means Now for all of them.
	Clock func() time.Time
	// Watch is told how the run goes on; nil means nobody.
	Watch Watcher
	// Trace, unless it is nil, is told of every call, from several goroutines.
	Trace func(action string, err error)
}

// Manifest says what is read.
func (t *Target) Manifest() inventory.Manifest { return t.manifest }

// Units are what will be read, in order.
func (t *Target) Units() []inventory.Unit {
	var units []inventory.Unit
	for _, region := range slices.Compact(slices.Sorted(slices.Values(t.manifest.Regions))) {
		units = append(units, inventory.Unit{Partition: t.account.Partition, Account: t.account.ID, Region: region})
	}
	return units
}

// Read collects the units and hands each part over as soon as it is whole, one at a time. It fails only when the run is
// cancelled or a part is refused.
func (t *Target) Read(ctx context.Context, units []inventory.Unit, put func(inventory.Part) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallelUnits)
	t.watch.Listed(len(units))
	t.watch.ListedAll()
	parts := make(chan inventory.Part)
	done := make(chan error, 1)
	go func() { done <- drain(parts, put, cancel) }()
	for _, u := range units {
		group.Go(func() error {
			t.watch.Started(u.Account, u.Region)
			part, err := t.account.Unit(ctx, u.Region, t.request(u.Region))
			if err == nil {
				parts <- part
				t.watch.Finished(u.Account, u.Region, gapsIn(part))
			}
			return err
		})
	}
	err := group.Wait()
	close(parts)
	if refused := <-done; refused != nil {
		return refused
	}
	return err
}

// drain puts parts one after another. After an error it stops the reading, since nothing more can be kept, and only
// empties the channel.
func drain(parts <-chan inventory.Part, put func(inventory.Part) error, stop func()) error {
	var failed error
	for part := range parts {
		if failed != nil {
			continue
		}
		if failed = put(part); failed != nil {
			stop()
		}
	}
	return failed
}

func (t *Target) request(region string) collect.Request {
	request := collect.Request{Facts: t.facts, Now: t.asked.Clock(), Trace: t.asked.Trace}
	placed := true
	for _, id := range t.asked.Images {
		place, known := t.asked.Places[id]
		if !known || place == region {
			request.Images = append(request.Images, id)
			placed = placed && known
		}
	}
	if placed || len(t.manifest.Regions) == 1 {
		// In several regions a named image is missing from all but one, and each would be waited for.
		request.Patience = t.asked.Patience
	}
	return request
}

// ReadAll collects every unit into memory, sorted. When the run is cancelled it returns what is whole and true.
func (t *Target) ReadAll(ctx context.Context) (parts []inventory.Part, interrupted bool, err error) {
	err = t.Read(ctx, t.Units(), func(part inventory.Part) error {
		parts = append(parts, part)
		return nil
	})
	slices.SortFunc(parts, func(a, b inventory.Part) int { return a.Unit.Compare(b.Unit) })
	if interrupted = ctx.Err() != nil; interrupted {
		err = nil
	}
	return parts, interrupted, err
}

// InMemory hands out parts that were collected before.
func InMemory(parts []inventory.Part) iter.Seq2[inventory.Part, error] {
	return func(yield func(inventory.Part, error) bool) {
		for _, part := range parts {
			if !yield(part, nil) {
				return
			}
		}
	}
}
