package collect

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"
)

// unlimited is a rate that does not slow the test down.
func unlimited(action string) *limits {
	return &limits{buckets: map[string]*rate.Limiter{action: rate.NewLimiter(rate.Inf, 1)}}
}

func TestEveryActionHasItsOwnBucket(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimits(0)
		start := time.Now()
		wait := func(action string, n int) time.Duration {
			for range n {
				if err := l.wait(t.Context(), action); err != nil {
					t.Fatal(err)
				}
			}
			return time.Since(start)
		}
		if got := wait("ec2:DescribeImages", politeBurst); got != 0 {
			t.Errorf("the burst took %s", got)
		}
		if got := wait("ec2:DescribeImages", 10); got != time.Second {
			t.Errorf("ten calls beyond the burst took %s, want 1s", got)
		}
		if got := wait("ec2:DescribeSnapshots", politeBurst); got != time.Second {
			t.Errorf("another action waited: %s", got-time.Second)
		}
	})
}

func TestPause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		if err := pause(t.Context(), time.Minute); err != nil || time.Since(start) != time.Minute {
			t.Errorf("after %s: %v", time.Since(start), err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := pause(ctx, time.Hour); err == nil || time.Since(start) != time.Minute+time.Second {
			t.Errorf("after %s: %v", time.Since(start), err)
		}
	})
}

func TestWaitingEndsWithTheRun(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	u := newUnit(testUnit, clients{}, Request{})
	_, err := call(ctx, u, "x:Get", func(context.Context) (int, error) {
		t.Error("the call was made")
		return 0, nil
	})
	if err == nil {
		t.Error("no error")
	}
}
