package collect

import "time"

// usualLatency is what one call takes as a rule, from the same continent.
const usualLatency = 150 * time.Millisecond

// TimeOf is how long so many calls of one action take in one unit: what exceeds the burst waits for its turn, and a few
// are in flight at a time. Actions run side by side, so the slowest alone counts. The rate is Request.Rate.
func TimeOf(calls, perSecond int) time.Duration {
	l := newLimits(perSecond)
	waiting := time.Duration(max(0, calls-l.burst)) * time.Second / time.Duration(l.rate)
	flying := time.Duration(calls) * usualLatency / parallelCalls
	return max(waiting, flying).Round(time.Second)
}
