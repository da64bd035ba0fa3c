package progress

import (
	"sync"
	"sync/atomic"
)

// unit is one account in one region.
type unit struct{ account, region string }

// state is what has been told so far, added up.
type state struct {
	known, kept, done, failed, running int
	accountsFailed, gaps               int
	complete                           bool
	calls, throttled                   int64
	mostThrottled                      string
}

// ended is how many units this run is through with.
func (s state) ended() int { return s.done + s.failed }

// wanted is how many units this run has to read, as far as is known.
func (s state) wanted() int { return s.known - s.kept }

// atLeast is how many units are known. Units that were read without having been listed are known all the same.
func (s state) atLeast(running int) int { return max(s.known, s.kept+s.ended()+running) }

// tally adds up. Calls come by the thousand and are counted without a lock; units are rare.
type tally struct {
	calls, throttled atomic.Int64
	// slowed holds an *atomic.Int64 for every action that was throttled.
	slowed sync.Map

	mu      sync.Mutex
	sums    state
	running map[unit]struct{}
}

func (t *tally) called(action string, throttled bool) {
	t.calls.Add(1)
	if !throttled {
		return
	}
	t.throttled.Add(1)
	count, found := t.slowed.Load(action)
	if !found {
		count, _ = t.slowed.LoadOrStore(action, new(atomic.Int64))
	}
	count.(*atomic.Int64).Add(1)
}

func (t *tally) listed(units int) {
	t.change(func(s *state) { s.known += units })
}

func (t *tally) kept(units int) {
	t.change(func(s *state) { s.kept += units })
}

func (t *tally) listedAll() {
	t.change(func(s *state) { s.complete = true })
}

// started returns how many units are known.
func (t *tally) started(u unit) (known int) {
	t.change(func(s *state) {
		if t.running == nil {
			t.running = map[unit]struct{}{}
		}
		t.running[u] = struct{}{}
		known = s.atLeast(len(t.running))
	})
	return known
}

func (t *tally) finished(u unit, gaps int) {
	t.change(func(s *state) {
		delete(t.running, u)
		s.done++
		s.gaps += gaps
	})
}

func (t *tally) failed(u unit) {
	t.change(func(s *state) {
		if u.region == "" {
			s.accountsFailed++
			return
		}
		delete(t.running, u)
		s.failed++
	})
}

func (t *tally) change(how func(*state)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	how(&t.sums)
}

// state is a consistent copy.
func (t *tally) state() state {
	t.mu.Lock()
	s := t.sums
	s.running = len(t.running)
	t.mu.Unlock()
	s.known = s.atLeast(s.running)
	// In this order no more calls are throttled than made.
	s.throttled = t.throttled.Load()
	s.calls = t.calls.Load()
	s.mostThrottled = t.most()
	return s
}

// most is the action that was throttled most often, the first by name among equals.
func (t *tally) most() (action string) {
	var highest int64
	t.slowed.Range(func(key, value any) bool {
		name, count := key.(string), value.(*atomic.Int64).Load()
		if count > highest || count == highest && name < action {
			action, highest = name, count
		}
		return true
	})
	return action
}
