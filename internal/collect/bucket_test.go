package collect

import (
	"context"
	"errors"
	"math"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// sendingTimes takes so many tokens, several callers at a time, and returns when each was to be had, in order.
func sendingTimes(t *testing.T, b *bucket, n, callers int) []time.Duration {
	t.Helper()
	start := time.Now()
	var mu sync.Mutex
	var times []time.Duration
	var group sync.WaitGroup
	for range callers {
		group.Go(func() {
			for range n / callers {
				taken, err := b.take(t.Context(), Pacing{}.clock())
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				times = append(times, taken.Sub(start))
				mu.Unlock()
			}
		})
	}
	group.Wait()
	slices.Sort(times)
	return times
}

// The nth call goes out at max(0, n - burst) / refill, however many wait for it.
func TestSendingTimes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		rate    callRate
		calls   int
		callers int
	}{
		{"EC2, one caller", callRate{50, 10}, 300, 1},
		{"EC2, many callers", callRate{50, 10}, 320, 32},
		{"less than the burst", callRate{50, 10}, 40, 4},
		{"slower than one a second", callRate{25, 0.25}, 40, 4},
		{"a burst and a half", callRate{2.5, 2}, 12, 3},
		{"fast", callRate{500, 500}, 4000, 8},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				times := sendingTimes(t, newBucket(test.rate, time.Now()), test.calls, test.callers)
				for i, got := range times {
					want := max(0, float64(i+1)-test.rate.burst) / test.rate.refill
					if math.Abs(got.Seconds()-want) > 1e-5 {
						t.Fatalf("call %d of %d went out after %s, want %fs", i+1, len(times), got, want)
					}
				}
			})
		})
	}
}

func TestFirstComeFirstServed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBucket(callRate{1, 1}, time.Now())
		var mu sync.Mutex
		var order []int
		for i := range 20 {
			go func() {
				_, _ = b.take(t.Context(), Pacing{}.clock())
				mu.Lock()
				order = append(order, i)
				mu.Unlock()
			}()
			synctest.Wait()
		}
		time.Sleep(time.Minute)
		mu.Lock()
		defer mu.Unlock()
		if len(order) != 20 || !slices.IsSorted(order) {
			t.Errorf("served in the order %v", order)
		}
	})
}

func TestWaitingEndsAtOnceWithTheRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBucket(callRate{1, 0.001}, time.Now())
		sendingTimes(t, b, 1, 1)
		start := time.Now()
		ctx, cancel := context.WithCancel(t.Context())
		var group sync.WaitGroup
		for range 10 {
			group.Go(func() {
				if _, err := b.take(ctx, Pacing{}.clock()); !errors.Is(err, context.Canceled) {
					t.Errorf("got %v", err)
				}
			})
		}
		time.Sleep(time.Second)
		cancel()
		group.Wait()
		if took := time.Since(start); took != time.Second {
			t.Errorf("it took %s", took)
		}
		if _, err := newBucket(callRate{1, 1}, start).take(ctx, Pacing{}.clock()); err == nil {
			t.Error("a token was taken after the run")
		}
	})
}

// Those in line do not wait for the first of it to give up.
func TestOneInLineGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBucket(callRate{1, 0.01}, time.Now())
		sendingTimes(t, b, 1, 1)
		go sendingTimes(t, b, 1, 1)
		synctest.Wait()
		start := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := b.take(ctx, Pacing{}.clock()); err == nil || time.Since(start) != time.Second {
			t.Errorf("after %s: %v", time.Since(start), err)
		}
		time.Sleep(time.Hour)
	})
}

// rateAfter empties a bucket of ten calls a second and tells it what came of calls made one second apart.
func rateAfter(answers ...string) *bucket {
	start := testNow
	b := newBucket(callRate{50, 10}, start)
	for i, answer := range answers {
		now := start.Add(time.Duration(i+1) * time.Second)
		b.mu.Lock()
		b.fill(now)
		b.tokens = 0
		b.mu.Unlock()
		switch answer {
		case "throttled":
			b.throttled(now, now)
		case "late":
			b.throttled(start, now)
		case "answered":
			b.answered(now)
		}
	}
	return b
}

func repeated(answer string, n int) []string { return slices.Repeat([]string{answer}, n) }

func TestRates(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		answers []string
		want    float64
	}{
		{"untouched", nil, 10},
		{"never above the first", repeated("answered", 1000), 10},
		{"half", []string{"throttled"}, 5},
		{"a quarter", []string{"throttled", "throttled"}, 2.5},
		{"calls under way at the throttle", []string{"throttled", "late", "late"}, 5},
		{"the floor", repeated("throttled", 20), 10.0 / 16},
		{"one good second", []string{"throttled", "answered"}, 5 * (1 + 1.0/3600)},
		{"thirty good seconds", append([]string{"throttled"}, repeated("answered", 30)...), 5 * 1.25},
		{"a good minute", append([]string{"throttled"}, repeated("answered", 60)...), 10},
		{"silence is no good second", append([]string{"throttled"}, repeated("", 60)...), 5},
		{"from the floor", append(repeated("throttled", 20), repeated("answered", 60)...), 10.0 / 8},
		{"from the floor to the top", append(repeated("throttled", 20), repeated("answered", 233)...), 10},
		{"begun again", append(append([]string{"throttled"}, repeated("answered", 30)...), "throttled"), 3.125},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := rateAfter(test.answers...).rate; math.Abs(got-test.want) > 1e-6 {
				t.Errorf("rate is %f, want %f", got, test.want)
			}
		})
	}
}

func TestManyAnswersInASecondCountOnce(t *testing.T) {
	t.Parallel()
	b := rateAfter("throttled", "answered")
	want := b.rate
	for i := range 100 {
		b.answered(b.calmAt.Add(time.Duration(i) * 9 * time.Millisecond))
	}
	if b.rate != want {
		t.Errorf("rate went from %f to %f", want, b.rate)
	}
}

func TestThrottleEmptiesTheBucket(t *testing.T) {
	t.Parallel()
	b := newBucket(callRate{50, 10}, testNow)
	now := testNow.Add(time.Second)
	b.throttled(now, now)
	if wait := b.tryTake(now); wait != 200*time.Millisecond {
		t.Errorf("the next token takes %s, want 200ms", wait)
	}
	b.throttled(testNow, now.Add(time.Second))
	if wait := b.tryTake(now.Add(time.Second)); wait != 200*time.Millisecond {
		t.Errorf("after a call that was under way the next token takes %s, want 200ms", wait)
	}
}

// A bucket can be dropped when it is full: what comes in its place must behave alike.
func TestFullBucketIsAsGoodAsNew(t *testing.T) {
	t.Parallel()
	b := rateAfter(repeated("throttled", 20)...)
	refill := time.Duration(50 / b.rate * float64(time.Second))
	if b.isFull(b.at.Add(refill - time.Second)) {
		t.Error("full too early")
	}
	if !b.isFull(b.at.Add(2*time.Second)) || b.rate != 10 {
		t.Errorf("not as good as new: %f tokens, %f a second", b.tokens, b.rate)
	}
}

// A clock that is set back must not fill a bucket or stop it.
func TestClockThatIsSetBack(t *testing.T) {
	t.Parallel()
	b := newBucket(callRate{1, 1}, testNow)
	b.tryTake(testNow)
	if wait := b.tryTake(testNow.Add(-time.Hour)); wait != time.Second {
		t.Errorf("the next token takes %s, want 1s", wait)
	}
}
