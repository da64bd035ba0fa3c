package store

import (
	"context"
	"iter"
	"sync"

	"golang.org/x/sync/semaphore"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	// fetchesAhead is how many parts are fetched at a time: one after another, 34,000 objects at 50 ms take half an hour.
	fetchesAhead = 16
	// bytesAhead bounds the compressed bytes that wait for their turn. A larger part is fetched alone.
	bytesAhead = 64 << 20
)

// entry is one unit and how to get its part.
type entry struct {
	unit inventory.Unit
	// fetch, unless it is nil, brings the bytes, of which there are size, for read. It is called ahead.
	fetch func(context.Context) ([]byte, error)
	size  int64
	read  func([]byte) (inventory.Part, error)
}

// listed yields the parts of entries that are listed anew each time.
func listed(ctx context.Context, list func(context.Context) ([]entry, error)) iter.Seq2[inventory.Part, error] {
	return func(yield func(inventory.Part, error) bool) {
		entries, err := list(ctx)
		if err != nil {
			yield(inventory.Part{}, err)
			return
		}
		inOrder(ctx, entries)(yield)
	}
}

// inOrder yields the parts in the order of their entries and stops at the first error.
func inOrder(ctx context.Context, entries []entry) iter.Seq2[inventory.Part, error] {
	return func(yield func(inventory.Part, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		ahead := startAhead(ctx, entries)
		defer ahead.group.Wait()
		defer cancel()
		for _, entry := range entries {
			part, err := ahead.part(ctx, entry)
			if !yield(part, err) || err != nil {
				return
			}
		}
	}
}

// ahead fetches what is read later. Each fetch takes its bytes from the budget in the order of the entries, and gives
// them back when its part is read: so the one that is waited for never lacks them.
type ahead struct {
	budget *semaphore.Weighted
	queue  chan chan fetched
	group  sync.WaitGroup
}

type fetched struct {
	data []byte
	err  error
}

func startAhead(ctx context.Context, entries []entry) *ahead {
	// One more than waits in the queue is being fetched.
	a := &ahead{budget: semaphore.NewWeighted(bytesAhead), queue: make(chan chan fetched, fetchesAhead-1)}
	a.group.Go(func() {
		for _, entry := range entries {
			if entry.fetch != nil && !a.start(ctx, entry) {
				return
			}
		}
	})
	return a
}

// start begins one fetch, as soon as there is room for it; it reports false once nobody waits any more.
func (a *ahead) start(ctx context.Context, e entry) bool {
	if a.budget.Acquire(ctx, weight(e)) != nil {
		return false
	}
	result := make(chan fetched, 1)
	select {
	case a.queue <- result:
	case <-ctx.Done():
		return false
	}
	a.group.Go(func() {
		data, err := e.fetch(ctx)
		result <- fetched{data, err}
	})
	return true
}

func weight(e entry) int64 { return min(e.size, bytesAhead) }

// part waits for the bytes of the next entry and reads them.
func (a *ahead) part(ctx context.Context, e entry) (inventory.Part, error) {
	if e.fetch == nil {
		return e.read(nil)
	}
	var result chan fetched
	select {
	case result = <-a.queue:
	case <-ctx.Done():
		return inventory.Part{}, ctx.Err()
	}
	got := <-result
	defer a.budget.Release(weight(e))
	if got.err != nil {
		return inventory.Part{}, got.err
	}
	return e.read(got.data)
}
