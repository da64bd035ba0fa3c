package progress

import (
	"testing"
	"time"
)

func TestTimeLeft(t *testing.T) {
	t.Parallel()
	const minute = time.Minute
	tests := []struct {
		name     string
		span     time.Duration
		from, to sample
		complete bool
		left     time.Duration
		known    bool
	}{
		{"steady", minute, sample{wanted: 1000}, sample{wanted: 1000, ended: 100}, true, 9 * minute, true},
		{"a window, not the start", minute, sample{wanted: 1000, ended: 800}, sample{wanted: 1000, ended: 900}, true, minute, true},
		{"listed within the window and complete", minute, sample{}, sample{wanted: 1000, ended: 100}, true, 9 * minute, true},
		{"all done", minute, sample{wanted: 10}, sample{wanted: 10, ended: 10}, true, 0, true},
		{"nothing to do", 0, sample{}, sample{}, true, 0, true},
		{"few ended", minute, sample{wanted: 1000}, sample{wanted: 1000, ended: enough - 1}, true, 0, false},
		{"just begun", recent - 1, sample{wanted: 1000}, sample{wanted: 1000, ended: 100}, true, 0, false},
		{"stalled", minute, sample{wanted: 1000, ended: 500}, sample{wanted: 1000, ended: 500}, true, 0, false},
		{"listing slowly", minute, sample{wanted: 950}, sample{wanted: 1000, ended: 100}, false, 18 * minute, true},
		{"listing faster than half", minute, sample{wanted: 949}, sample{wanted: 1000, ended: 100}, false, 0, false},
		{"listing faster than reading", minute, sample{}, sample{wanted: 1000, ended: 100}, false, 0, false},
		{"listing stands still", minute, sample{wanted: 1000}, sample{wanted: 1000, ended: 100}, false, 0, false},
		{"read all that is listed so far", minute, sample{wanted: 90}, sample{wanted: 100, ended: 100}, false, 0, false},
		{"found to be there before", minute, sample{wanted: 1000}, sample{wanted: 500, ended: 100}, false, 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.from.at = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
			test.to.at = test.from.at.Add(test.span)
			left, known := timeLeft(test.from, test.to, test.complete)
			if left != test.left || known != test.known {
				t.Errorf("got %s, %t, want %s, %t", left, known, test.left, test.known)
			}
		})
	}
}

// TestPaceFollowsTheRun reads fast, then slowly: after a window only the slow part counts, and little is remembered.
func TestPaceFollowsTheRun(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	p := newPace(now)
	s := state{known: 100_000, complete: true}
	var v view
	pass := func(seconds, units int, calls int64) {
		for range seconds * 5 {
			now = now.Add(200 * time.Millisecond)
			s.done, s.calls = s.done+units, s.calls+calls
			v = p.view(now, s)
		}
	}
	pass(600, 10, 20)
	if v.perSecond != 100 || v.left != 1400*time.Second {
		t.Errorf("fast: %v calls a second, %s left", v.perSecond, v.left)
	}
	pass(10, 1, 2)
	if v.perSecond != 10 || v.left < 1400*time.Second || v.left > 1800*time.Second {
		t.Errorf("at the turn: %v calls a second, %s left", v.perSecond, v.left)
	}
	pass(120, 1, 2)
	if open := 100_000 - s.done; v.left != time.Duration(open)*200*time.Millisecond {
		t.Errorf("slow: %s left for %d units", v.left, open)
	}
	if len(p.samples) > 130 {
		t.Errorf("%d samples are remembered", len(p.samples))
	}
	if v.elapsed != 730*time.Second {
		t.Errorf("%s elapsed", v.elapsed)
	}
}

func TestThrottledShareIsRecent(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	p := newPace(now)
	p.view(now.Add(10*time.Second), state{calls: 100, throttled: 100})
	if v := p.view(now.Add(20*time.Second), state{calls: 200, throttled: 125}); v.share != 0.25 || v.perSecond != 10 {
		t.Errorf("share %v, %v a second", v.share, v.perSecond)
	}
	if v := p.view(now.Add(20*time.Second), state{calls: 200, throttled: 125}); v.share != 0.25 {
		t.Errorf("the same moment again: share %v", v.share)
	}
}

func TestLasted(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0s", 900 * time.Millisecond: "0s", 59 * time.Second: "59s", 89 * time.Second: "1m", 90 * time.Second: "2m",
		59*time.Minute + 40*time.Second: "1h 0m", 26*time.Hour + 5*time.Minute: "26h 5m",
	} {
		if got := lasted(d); got != want {
			t.Errorf("%s: got %q, want %q", d, got, want)
		}
	}
}
