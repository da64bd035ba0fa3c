package collect

import (
	"context"
	"math"
	"sync"
	"time"
)

const (
	// slowest is the share of its first rate below which a bucket does not go, however often it is throttled.
	slowest = 1.0 / 16
	// doubling is how many seconds with an answer and without a throttle double the rate that was left after a throttle.
	doubling = 60
	// almostOne is a whole token, but for what is lost in floating point.
	almostOne = 1 - 1e-9
)

// bucket holds the tokens of one action in one account and region. A throttle halves its rate: somebody else takes from
// AWS's bucket as well, or AWS's is smaller than we think.
type bucket struct {
	seed callRate
	// turn is held by the first in line, the only one that sleeps for a token.
	turn chan struct{}
	// callers are those who are using the bucket; Pace guards it.
	callers int

	mu     sync.Mutex
	rate   float64
	tokens float64
	// at is when the tokens were counted last.
	at time.Time
	// cut is the rate after the last throttle, which came at cutAt; calm counts the good seconds since, up to calmAt.
	cut           float64
	cutAt, calmAt time.Time
	calm          int
}

func newBucket(seed callRate, now time.Time) *bucket {
	return &bucket{seed: seed, turn: make(chan struct{}, 1), rate: seed.refill, tokens: seed.burst, at: now}
}

// clock is the time by which buckets fill.
type clock struct {
	now   func() time.Time
	sleep func(ctx context.Context, d time.Duration) error
}

// take waits for a token, first come, first served, and returns when it was taken. It fails only with the context.
func (b *bucket) take(ctx context.Context, c clock) (time.Time, error) {
	if err := ctx.Err(); err != nil {
		return time.Time{}, err
	}
	select {
	case b.turn <- struct{}{}:
	case <-ctx.Done():
		return time.Time{}, ctx.Err()
	}
	defer func() { <-b.turn }()
	for {
		now := c.now()
		wait := b.tryTake(now)
		if wait == 0 {
			return now, nil
		}
		// A throttle may come meanwhile: the tokens are counted anew afterwards.
		if err := c.sleep(ctx, wait); err != nil {
			return time.Time{}, err
		}
	}
}

// tryTake takes a token and returns zero, or returns how long the next one takes.
func (b *bucket) tryTake(now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fill(now)
	if b.tokens >= almostOne {
		b.tokens = max(0, b.tokens-1)
		return 0
	}
	return time.Duration(math.Ceil((1 - b.tokens) / b.rate * float64(time.Second)))
}

// fill counts the tokens up to now. A bucket that is full again is as good as new, and at its first rate.
func (b *bucket) fill(now time.Time) {
	if passed := now.Sub(b.at); passed > 0 {
		b.tokens, b.at = b.tokens+passed.Seconds()*b.rate, now
	}
	if b.tokens >= b.seed.burst {
		b.tokens, b.rate = b.seed.burst, b.seed.refill
	}
}

// isFull reports whether the bucket is as good as new.
func (b *bucket) isFull(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fill(now)
	return b.tokens >= b.seed.burst
}

// throttled is told that a call was refused that had taken its token at a time: it halves the rate and empties the bucket.
// Calls that were under way at the last throttle already say nothing new.
func (b *bucket) throttled(taken, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fill(now)
	b.tokens = 0
	if !taken.After(b.cutAt) {
		return
	}
	b.rate = max(b.rate/2, b.seed.refill*slowest)
	b.cut, b.cutAt, b.calmAt, b.calm = b.rate, now, now, 0
}

// answered is told that a call was let through. Each second in which one was brings the rate back towards the first: in
// small steps at the beginning, since the limit is near, and in longer ones the longer all goes well. Equal steps would
// either be throttled every few calls for as long as the limit is low, or take an hour to come back from the bottom.
func (b *bucket) answered(now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rate >= b.seed.refill || now.Sub(b.calmAt) < time.Second {
		return
	}
	b.fill(now)
	b.calm, b.calmAt = b.calm+1, now
	good := float64(b.calm) / doubling
	b.rate = min(b.seed.refill, b.cut*(1+good*good))
}
