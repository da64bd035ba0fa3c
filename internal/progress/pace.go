package progress

import "time"

const (
	// window is how far back the pace of units is looked at, recent that of calls, which change faster.
	window = 2 * time.Minute
	recent = 10 * time.Second
	// spacing keeps a bar that is drawn often from keeping many samples.
	spacing = time.Second
	// enough is how many units must have ended within the window before anything is concluded from them.
	enough = 5
)

// sample is what was counted at one time.
type sample struct {
	at               time.Time
	ended, wanted    int
	calls, throttled int64
}

// view is a state and what follows from how it came to be.
type view struct {
	state
	at      time.Time
	elapsed time.Duration
	// perSecond is how many calls were made a second of late, share which part of them was throttled.
	perSecond, share float64
	// left is the time until the last unit ends, if timed.
	left  time.Duration
	timed bool
}

// pace remembers samples.
type pace struct {
	began   time.Time
	samples []sample
}

func newPace(now time.Time) *pace { return &pace{began: now, samples: []sample{{at: now}}} }

// view judges the state by the samples, and remembers it as one.
func (p *pace) view(now time.Time, s state) view {
	latest := sample{at: now, ended: s.ended(), wanted: s.wanted(), calls: s.calls, throttled: s.throttled}
	v := view{state: s, at: now, elapsed: now.Sub(p.began)}
	v.perSecond, v.share = callRate(p.before(now, recent), latest)
	v.left, v.timed = timeLeft(p.before(now, window), latest, s.complete)
	p.add(latest)
	return v
}

// before is the newest sample that is at least so old, or the oldest that there is.
func (p *pace) before(now time.Time, age time.Duration) sample {
	for i := len(p.samples) - 1; i > 0; i-- {
		if now.Sub(p.samples[i].at) >= age {
			return p.samples[i]
		}
	}
	return p.samples[0]
}

// add remembers a sample and forgets those that no window reaches any more.
func (p *pace) add(s sample) {
	if s.at.Sub(p.samples[len(p.samples)-1].at) < spacing {
		return
	}
	p.samples = append(p.samples, s)
	for len(p.samples) > 1 && s.at.Sub(p.samples[1].at) >= window {
		p.samples = p.samples[1:]
	}
}

func callRate(from, to sample) (perSecond, throttled float64) {
	calls := float64(to.calls - from.calls)
	if seconds := to.at.Sub(from.at).Seconds(); seconds > 0 {
		perSecond = calls / seconds
	}
	if calls > 0 {
		throttled = min(float64(to.throttled-from.throttled)/calls, 1)
	}
	return perSecond, throttled
}

// timeLeft estimates when the last unit ends:
//
//	left = units to be read / (units ended a second - units listed a second)
//
// both paces over the window. Once everything is listed, none are listed any more. Before, the truth lies between "nothing
// more is listed" (left without the second pace) and "listing goes on at its pace until the end" (left): the latter is told
// as long as it is at most twice the former, which is where at most half as many units are listed as end. Otherwise, and
// where listing stands still without being complete, or few units ended, the end is unknown: no number is better than a
// wrong one. Regions differ in size, so the estimate is good for what is read next and rough for what comes late.
func timeLeft(from, to sample, complete bool) (left time.Duration, known bool) {
	open, span := to.wanted-to.ended, to.at.Sub(from.at)
	ended, listed := to.ended-from.ended, to.wanted-from.wanted
	if complete {
		listed = 0
	}
	switch {
	case complete && open <= 0:
		return 0, true
	case ended < enough || span < recent:
		return 0, false
	case !complete && (open <= 0 || listed <= 0 || 2*listed > ended):
		return 0, false
	}
	return time.Duration(float64(span) * float64(open) / float64(ended-listed)), true
}
