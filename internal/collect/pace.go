package collect

import (
	"context"
	"sync"
	"time"
)

const (
	// halfRate is the share of AWS's rates that is asked for unless the user says otherwise: other tools take from the same
	// buckets.
	halfRate = 0.5
	// callsInFlight bounds the calls of a whole run that are on the wire at once, unless the user says otherwise.
	callsInFlight = 64
	// burstSeconds is how many seconds' calls may come at once where the user names a rate: as with EC2's own buckets.
	burstSeconds = 5
	// longestJourney is what a call takes to reach AWS over a new connection to another continent, as a rule.
	longestJourney = 500 * time.Millisecond
	// fewBuckets are not worth looking through.
	fewBuckets = 1024
)

// Pacing says how fast calls are made.
type Pacing struct {
	// Politeness is the share of AWS's documented rates that is used; zero means half.
	Politeness float64
	// Rate is how many calls of each action are made in a second instead; zero means AWS's rates and Politeness.
	Rate int
	// InFlight is how many calls are on the wire at once; zero means 64.
	InFlight int
	// Now and Sleep are the time by which the rates hold; nil means the real clock.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error
}

// rateOf is how fast an action is called.
func (p Pacing) rateOf(action string) callRate {
	if p.Rate > 0 {
		return callRate{burst: float64(burstSeconds * p.Rate), refill: float64(p.Rate)}
	}
	politeness := p.Politeness
	if politeness <= 0 {
		politeness = halfRate
	}
	return rateOfAction(action).politely(politeness)
}

// politely is a share of a rate. AWS's bucket stays full until the first call arrives, while ours fills up as soon as it has
// left: what comes back meanwhile is no part of the burst.
func (r callRate) politely(politeness float64) callRate {
	refill := r.refill * politeness
	burst := min(r.burst*politeness, r.burst-refill*longestJourney.Seconds())
	return callRate{burst: max(1, burst), refill: refill}
}

// Slots is how many calls are on the wire at once.
func (p Pacing) Slots() int {
	if p.InFlight > 0 {
		return p.InFlight
	}
	return callsInFlight
}

// clock is the time by which the rates hold.
func (p Pacing) clock() clock {
	c := clock{now: p.Now, sleep: p.Sleep}
	if c.now == nil {
		c.now = time.Now
	}
	if c.sleep == nil {
		c.sleep = pause
	}
	return c
}

// usualLatency is what one call takes as a rule, from the same continent.
const usualLatency = 150 * time.Millisecond

// TimeOf is how long so many calls of one action take in one unit: what exceeds the burst waits for its turn, and a few
// are in flight at a time. Actions run side by side, so the slowest alone counts.
func (p Pacing) TimeOf(action string, calls int) time.Duration {
	rate := p.rateOf(action)
	waiting := time.Duration(max(0, float64(calls)-rate.burst) / rate.refill * float64(time.Second))
	flying := time.Duration(calls) * usualLatency / time.Duration(min(parallelCalls, p.Slots()))
	return max(waiting, flying).Round(time.Second)
}

// Pace keeps a whole run within the rates of every account, region and action, and within its calls in flight. It is safe
// for concurrent use.
type Pace struct {
	pacing Pacing
	clock  clock
	// slots has room for the calls that are on the wire.
	slots chan struct{}

	mu      sync.Mutex
	actions map[sdkOperation]actionRate
	buckets map[bucketKey]*bucket
	// many is how many buckets there may be before the full ones are dropped.
	many int
}

// sdkOperation is an operation as the SDK names it.
type sdkOperation struct{ service, name string }

// bucketKey tells buckets apart.
type bucketKey struct{ account, region, action string }

// NewPace begins a run: all buckets are full.
func NewPace(pacing Pacing) *Pace {
	return &Pace{
		pacing: pacing, clock: pacing.clock(), slots: make(chan struct{}, pacing.Slots()),
		actions: map[sdkOperation]actionRate{}, buckets: map[bucketKey]*bucket{}, many: fewBuckets,
	}
}

// borrow finds the bucket of an operation and keeps it until it is given back.
func (p *Pace) borrow(account, region string, operation sdkOperation) *bucket {
	p.mu.Lock()
	defer p.mu.Unlock()
	row := p.action(operation)
	key := bucketKey{account: account, region: region, action: row.action}
	if row.global {
		key.region = ""
	}
	b := p.buckets[key]
	if b == nil {
		p.dropFull()
		b = newBucket(row.callRate, p.clock.now())
		p.buckets[key] = b
	}
	b.callers++
	return b
}

func (p *Pace) giveBack(b *bucket) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b.callers--
}

// action is the row of an operation, with its action's name, or its service's if that shares a bucket, and our own rate.
func (p *Pace) action(operation sdkOperation) actionRate {
	row, known := p.actions[operation]
	if !known {
		action := actionOfOperation(operation.service, operation.name)
		row = rateOfAction(action)
		row.callRate = p.pacing.rateOf(action)
		if !row.shared {
			row.action = action
		}
		p.actions[operation] = row
	}
	return row
}

// dropFull drops the buckets that nobody is using and that are full again: they are as good as new ones. An organization
// has millions of account, region and action. It looks through them only each time that their number has doubled.
func (p *Pace) dropFull() {
	if len(p.buckets) < p.many {
		return
	}
	now := p.clock.now()
	for key, b := range p.buckets {
		if b.callers == 0 && b.isFull(now) {
			delete(p.buckets, key)
		}
	}
	p.many = max(fewBuckets, 2*len(p.buckets))
}
