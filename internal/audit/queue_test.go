package audit

import (
	"context"
	"slices"
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
)

func jobOf(account, region string) job {
	return job{unit: inventory.Unit{Account: account, Region: region}}
}

// Units come region by region, also those that are found later.
func TestQueueGoesByRegion(t *testing.T) {
	t.Parallel()
	q := newQueue()
	q.add(jobOf("2", "b"), jobOf("2", "a"), jobOf("1", "b"))
	first, ok := q.next(t.Context())
	q.add(jobOf("1", "a"), jobOf("3", "a"))
	q.close()
	got := []string{first.unit.Account + first.unit.Region}
	for ok {
		var j job
		if j, ok = q.next(t.Context()); ok {
			got = append(got, j.unit.Account+j.unit.Region)
		}
	}
	if want := []string{"2a", "1a", "3a", "1b", "2b"}; !slices.Equal(got, want) {
		t.Errorf("order is %v, want %v", got, want)
	}
}

// Who waits is woken by a unit, by the end, and by the end of the run.
func TestQueueWakesWhoWaits(t *testing.T) {
	t.Parallel()
	q := newQueue()
	got := make(chan bool)
	wait := func(ctx context.Context) {
		_, ok := q.next(ctx)
		got <- ok
	}
	go wait(t.Context())
	q.add(jobOf("1", "a"))
	if !<-got {
		t.Error("a unit was not handed out")
	}
	ctx, cancel := context.WithCancel(t.Context())
	go wait(ctx)
	cancel()
	if <-got {
		t.Error("a unit was handed out after the end of the run")
	}
	go wait(t.Context())
	q.close()
	if <-got {
		t.Error("a unit was handed out that was never added")
	}
	q.add(jobOf("1", "a"))
	if _, ok := q.next(ctx); ok {
		t.Error("a cancelled run goes on")
	}
}
