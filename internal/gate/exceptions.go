package gate

import (
	"fmt"
	"slices"
	"time"

	"github.com/amiscan/amiscan/internal/finding"
)

// Exceptions are all decisions of a run.
type Exceptions struct {
	all []*decision
	now time.Time
}

// decision is an exception with the policies that it reaches, by ID, and whether anything needed it.
type decision struct {
	Exception
	policies map[string]bool
	used     bool
	// idle says that a gap would be accepted if the decision held.
	idle bool
}

// NewExceptions prepares the decisions for a run that judges as of now by some of the policies.
func NewExceptions(list []Exception, policies []finding.Policy, now time.Time) *Exceptions {
	e := &Exceptions{now: now}
	for _, exception := range list {
		d := &decision{Exception: exception, policies: map[string]bool{}}
		for _, p := range policies {
			d.policies[p.ID] = slices.ContainsFunc(exception.Policies, func(term string) bool { return finding.MatchesID(term, p) })
		}
		e.all = append(e.all, d)
	}
	return e
}

// Apply marks a finding that an exception accepts, and notes on one that would be accepted if its exception had not lapsed
// or were decided. A failing finding is accepted by what it is about; an unknown one only if each of its gaps is.
func (e *Exceptions) Apply(f *finding.Finding) {
	if f.Outcome == finding.Unknown && f.Reason == finding.NotCollected {
		e.applyToGaps(f)
		return
	}
	for _, d := range e.all {
		if !d.concerns(*f) {
			continue
		}
		d.used = true
		switch note := d.note(e.now); {
		case note != "":
			f.Notes = append(f.Notes, note)
		case f.Suppression == nil:
			f.Suppression = d.suppression()
		}
	}
	if f.Suppression != nil {
		f.Notes = nil
	}
}

func (d *decision) concerns(f finding.Finding) bool {
	return d.policies[f.Policy] && f.Outcome == finding.Fail && len(d.Match.Actions) == 0 && d.Match.covers(f)
}

// note says why the decision does not hold; it is empty for one that does.
func (d *decision) note(now time.Time) string {
	switch {
	case d.hasLapsed(now):
		return fmt.Sprintf("exception %q lapsed on %s", d.ID, d.Expires.Format(time.DateOnly))
	case now.Before(d.Created):
		return fmt.Sprintf("exception %q holds from %s on", d.ID, d.Created.Format(time.DateOnly))
	case d.UnderReview:
		return fmt.Sprintf("exception %q is under review and accepts nothing yet", d.ID)
	}
	return ""
}

// hasLapsed holds from the first moment after the last day, in UTC.
func (d *decision) hasLapsed(now time.Time) bool {
	return !d.Expires.IsZero() && !now.Before(d.Expires.AddDate(0, 0, 1))
}

func (d *decision) suppression() *finding.Suppression {
	return &finding.Suppression{
		Kind: finding.ByException, ID: d.ID, Reason: d.Reason, Owner: d.Owner, Ticket: d.Ticket, Expires: d.lastDay(), Place: d.Place,
	}
}

func (d *decision) lastDay() string {
	if d.Expires.IsZero() {
		return "never"
	}
	return d.Expires.Format(time.DateOnly)
}
