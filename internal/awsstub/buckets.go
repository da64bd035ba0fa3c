package awsstub

import (
	"strings"
	"time"
)

// Buckets makes the stub refuse whoever asks faster than AWS allows: each caller has, in each region, a bucket of tokens
// for every action, and an empty one answers as Throttle does. They fill up by the given clock, so that a benchmark may
// run in a faster time than the day's.
func Buckets(clock func() time.Time) Option {
	return func(b *behaviour) {
		b.buckets = &buckets{clock: clock, levels: map[bucket]*level{}, most: fewBuckets}
	}
}

// bucket is what one caller's tokens are for.
type bucket struct{ account, region, name string }

// level is how many tokens a bucket had at a time.
type level struct {
	tokens float64
	at     time.Time
	rate   rate
}

// buckets are all that are not full.
type buckets struct {
	clock  func() time.Time
	levels map[bucket]*level
	// most is how many there may be before the full ones are forgotten.
	most int
}

// fewBuckets are not worth looking through.
const fewBuckets = 4096

// take takes a token for a request, and reports whether there was one.
func (b *buckets) take(r Request) bool {
	name, rate := rateOf(r)
	key := bucket{r.Account, r.Region, name}
	if isGlobal(r.Service) {
		key.region = ""
	}
	now := b.clock()
	l := b.levels[key]
	if l == nil {
		b.forgetFull(now)
		l = &level{tokens: rate.burst, at: now, rate: rate}
		// Clones, for the texts of a request keep all of it in memory.
		b.levels[bucket{strings.Clone(key.account), strings.Clone(key.region), strings.Clone(key.name)}] = l
	}
	l.fill(now)
	if l.tokens < 1 {
		return false
	}
	l.tokens--
	return true
}

// fill adds what has come back since.
func (l *level) fill(now time.Time) {
	if passed := now.Sub(l.at); passed > 0 {
		l.tokens, l.at = min(l.rate.burst, l.tokens+passed.Seconds()*l.rate.perSecond), now
	}
}

// forgetFull drops the buckets that are full again, which are like those that were never used. It looks through them only
// each time that their number has doubled.
func (b *buckets) forgetFull(now time.Time) {
	if len(b.levels) < b.most {
		return
	}
	for key, l := range b.levels {
		if l.fill(now); l.tokens >= l.rate.burst {
			delete(b.levels, key)
		}
	}
	b.most = max(fewBuckets, 2*len(b.levels))
}
