package audit

import (
	"cmp"
	"container/heap"
	"context"
	"sync"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
)

// job is one unit that is to be read, and the account that reads it.
type job struct {
	unit    inventory.Unit
	account *collect.Account
}

// queue hands out units while others are still being found, region by region: connections belong to a region's hosts and
// serve one account after another.
type queue struct {
	mu     sync.Mutex
	jobs   jobs
	closed bool
	// more is closed, and made anew, whenever there is something to see.
	more chan struct{}
}

func newQueue() *queue { return &queue{more: make(chan struct{})} }

func (q *queue) add(all ...job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, j := range all {
		heap.Push(&q.jobs, j)
	}
	q.wake()
}

// close says that nothing will be added any more.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.wake()
}

func (q *queue) wake() {
	close(q.more)
	q.more = make(chan struct{})
}

// next waits for a unit; it returns false when there is none left, or the run is cancelled.
func (q *queue) next(ctx context.Context) (job, bool) {
	for {
		q.mu.Lock()
		if q.jobs.Len() > 0 && ctx.Err() == nil {
			j := heap.Pop(&q.jobs).(job)
			q.mu.Unlock()
			return j, true
		}
		closed, more := q.closed, q.more
		q.mu.Unlock()
		if closed {
			return job{}, false
		}
		select {
		case <-more:
		case <-ctx.Done():
			return job{}, false
		}
	}
}

// jobs is a heap ordered by region, then account.
type jobs []job

// Len is the number of jobs.
func (j jobs) Len() int { return len(j) }

// Less orders by region, then account.
func (j jobs) Less(a, b int) bool {
	x, y := j[a].unit, j[b].unit
	return cmp.Or(cmp.Compare(x.Region, y.Region), cmp.Compare(x.Account, y.Account)) < 0
}

// Swap swaps two jobs.
func (j jobs) Swap(a, b int) { j[a], j[b] = j[b], j[a] }

// Push adds a job at the end.
func (j *jobs) Push(x any) { *j = append(*j, x.(job)) }

// Pop takes the job at the end away.
func (j *jobs) Pop() any {
	last := (*j)[len(*j)-1]
	*j = (*j)[:len(*j)-1]
	return last
}
