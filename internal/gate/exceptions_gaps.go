package gate

import (
	"slices"

	"github.com/amiscan/amiscan/internal/finding"
)

// applyToGaps accepts an unknown finding if every gap that somebody could close is accepted, by one exception or each by
// another: accounts have different owners, and what is joined over accounts has gaps in many. Every gap is marked that is
// accepted, even where another keeps the finding open.
func (e *Exceptions) applyToGaps(f *finding.Finding) {
	gaps := slices.Clone(f.Gaps)
	var marks []*finding.Suppression
	var notes []string
	open := false
	for i := range gaps {
		if !gaps[i].CanBeClosed() {
			continue
		}
		d, holds := e.about(gaps[i], f.Policy)
		switch {
		case d == nil:
			open = true
		case !holds:
			notes = append(notes, d.note(e.now))
		default:
			gaps[i].AcceptedBy = d.ID
			marks = append(marks, d.suppression())
		}
	}
	switch {
	case len(marks) > 0 && len(notes) == 0 && !open:
		f.Suppression, f.Notes = marks[0], nil
	case !open:
		slices.Sort(notes)
		f.Notes = append(f.Notes, slices.Compact(notes)...)
	}
	if len(marks) > 0 {
		f.Gaps = gaps
	}
}

// AcceptGap says which exception accepts a gap that no finding need tell of, such as an account that may not be entered; nil if
// none does. The policies are all those that the gap leaves without an answer: an exception for some of them leaves it open
// for the others.
func (e *Exceptions) AcceptGap(gap finding.Gap, policies []finding.Policy) *finding.Suppression {
	if !gap.CanBeClosed() {
		return nil
	}
	ids := make([]string, len(policies))
	for i, p := range policies {
		ids[i] = p.ID
	}
	if d, holds := e.about(gap, ids...); holds {
		return d.suppression()
	}
	return nil
}

// about finds the exception for a gap in what the policies need, one that holds before one that does not; nil if there is none.
func (e *Exceptions) about(gap finding.Gap, policies ...string) (found *decision, holds bool) {
	for _, d := range e.all {
		if !d.Match.coversGap(gap) || slices.ContainsFunc(policies, func(id string) bool { return !d.policies[id] }) {
			continue
		}
		d.used = true
		if valid := d.note(e.now) == ""; found == nil || valid && !holds {
			found, holds = d, valid
		}
	}
	if found != nil && !holds {
		found.idle = true
	}
	return found, holds
}
