package inventory

import "slices"

// Status says whether a fact is an answer and, if not, why. The zero value is no status: a fact without one is refused
// when it is read from disk and counts as not collected everywhere else.
type Status string

// The statuses. Known and NotFound are answers, all others are gaps.
const (
	Known        Status = "known"
	NotFound     Status = "not_found"
	NotVisible   Status = "not_visible"
	Unsupported  Status = "unsupported"
	Denied       Status = "denied"
	Throttled    Status = "throttled"
	Error        Status = "error"
	NotCollected Status = "not_collected"
)

// byWeight orders the statuses from the best to the worst: a linked fact has the worst status of what it is made of.
var byWeight = []Status{Known, NotFound, NotVisible, Unsupported, Denied, Throttled, Error, NotCollected}

// IsAnswer reports whether AWS answered: the fact is there, or is known not to exist.
func (s Status) IsAnswer() bool { return s == Known || s == NotFound }

// IsValid reports whether s is one of the statuses above.
func (s Status) IsValid() bool { return slices.Contains(byWeight, s) }

// Worst returns the worse of two statuses; what is no status counts as the worst.
func Worst(a, b Status) Status {
	if weight(a) >= weight(b) {
		return a
	}
	return b
}

func weight(s Status) int {
	if i := slices.Index(byWeight, s); i >= 0 {
		return i
	}
	return len(byWeight)
}
