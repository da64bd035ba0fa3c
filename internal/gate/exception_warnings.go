package gate

import (
	"fmt"
	"slices"
	"time"

	"github.com/amiscan/amiscan/internal/finding"
)

// expiresSoon is how long before its end an exception is warned about.
const expiresSoon = 14 * 24 * time.Hour

// Seen is what a run knew and looked at.
type Seen struct {
	// Known are all policies, Selected those that judged.
	Known, Selected []finding.Policy
	// Actions are all IAM actions whose denial can leave a gap.
	Actions []string
	// Accounts and Regions are those that were read.
	Accounts, Regions []string
	// Whole says that nothing in them was left out or could not be read.
	Whole bool
}

// Warnings are sentences about decisions that need somebody: those that reach no policy, that end soon and, after a whole
// run, that nothing needed.
func (e *Exceptions) Warnings(seen Seen) []string {
	var warnings []string
	for _, d := range e.all {
		warnings = append(warnings, d.unknownPolicies(seen.Known)...)
		warnings = append(warnings, d.unknownActions(seen.Actions)...)
		if left := d.Expires.AddDate(0, 0, 1).Sub(e.now); !d.Expires.IsZero() && left > 0 && left <= expiresSoon {
			warnings = append(warnings, fmt.Sprintf("%s: exception %q ends with %s", d.Place, d.ID, d.lastDay()))
		}
		if d.idle {
			warnings = append(warnings, fmt.Sprintf("%s: %s; the gaps that it is about count", d.Place, d.note(e.now)))
		}
		if !d.used && d.couldBeUsed(seen) {
			warnings = append(warnings, fmt.Sprintf("%s: nothing needed exception %q", d.Place, d.ID))
		}
	}
	return warnings
}

func (d *decision) unknownPolicies(policies []finding.Policy) []string {
	var warnings []string
	for _, term := range d.Policies {
		known := slices.ContainsFunc(policies, func(p finding.Policy) bool { return finding.MatchesID(term, p) })
		if !known {
			unknown := &finding.UnknownTermError{Term: term, Nearest: finding.NearestID(term, policies)}
			warnings = append(warnings, fmt.Sprintf("%s: exception %q: %v", d.Place, d.ID, unknown))
		}
	}
	return warnings
}

func (d *decision) unknownActions(actions []string) []string {
	var warnings []string
	for _, action := range d.Match.Actions {
		if slices.Contains(actions, action) {
			continue
		}
		warning := fmt.Sprintf("%s: exception %q: amiscan never needs %q", d.Place, d.ID, action)
		if near := finding.Nearest(action, actions); near != "" {
			warning += fmt.Sprintf("; the nearest is %q", near)
		}
		warnings = append(warnings, warning)
	}
	return warnings
}

// couldBeUsed holds if the run judged by one of the policies and looked where the decision is about.
func (d *decision) couldBeUsed(seen Seen) bool {
	return seen.Whole && overlap(d.Match.Accounts, seen.Accounts) && overlap(d.Match.Regions, seen.Regions) &&
		slices.ContainsFunc(seen.Selected, func(p finding.Policy) bool { return d.policies[p.ID] })
}

func overlap(wanted, there []string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(w string) bool { return slices.Contains(there, w) })
}
