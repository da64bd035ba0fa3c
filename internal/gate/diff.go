package gate

import (
	"fmt"
	"slices"

	"github.com/amiscan/amiscan/internal/finding"
)

// Observed is what one report saw.
type Observed struct {
	Findings []finding.Finding
	// Policies are the IDs of those that judged.
	Policies []string
	// Units are "account/region" of all that was read.
	Units []string
	// Partial are those of Units of which some saved output was judged: what is not in it may still be there.
	Partial []string
	// Images are the single images asked for; empty for whole units.
	Images []string
	// MinSeverity is the mildest severity that the report lists; zero lists all.
	MinSeverity finding.Severity
}

// Diff tells new, changed and fixed findings apart from those that nobody can say anything about any more: an account that
// was not scanned has fixed nothing. The changes come by kind, then in the order of every report; beside them stands how many
// findings fail as before.
func Diff(before, after Observed) (changes []finding.Change, same int) {
	was, is := failingByKey(before.Findings), failingByKey(after.Findings)
	earlier, later := newView(before), newView(after)
	for key, f := range is {
		switch old, known := was[key]; {
		case !known:
			changes = append(changes, finding.Change{Kind: finding.New, Why: unseenBefore(earlier.notAsked(f)), After: &f})
		case difference(old, f) != "":
			changes = append(changes, finding.Change{Kind: finding.Changed, Why: difference(old, f), Before: &old, After: &f})
		default:
			same++
		}
	}
	for key, f := range was {
		if _, known := is[key]; !known {
			changes = append(changes, later.gone(f))
		}
	}
	slices.SortFunc(changes, finding.CompareChanges)
	return changes, same
}

// gone is what can be said of a finding that the report does not hold.
func (v view) gone(f finding.Finding) finding.Change {
	if why := v.blindTo(f); why != "" {
		return finding.Change{Kind: finding.NoLongerObserved, Why: why, Before: &f}
	}
	return finding.Change{Kind: finding.Fixed, Before: &f}
}

// unseenBefore marks what is new to the reports alone.
func unseenBefore(why string) string {
	if why == "" {
		return ""
	}
	return why + " before"
}

func failingByKey(findings []finding.Finding) map[finding.Fingerprint]finding.Finding {
	failing := map[finding.Fingerprint]finding.Finding{}
	for _, f := range findings {
		if f.Outcome == finding.Fail {
			failing[f.Fingerprint] = f
		}
	}
	return failing
}

// difference says what is not the same; it is empty where everything is.
func difference(old, f finding.Finding) string {
	switch before, after := acceptedBy(old), acceptedBy(f); {
	case old.Severity != f.Severity:
		return fmt.Sprintf("was %s, is %s", old.Severity, f.Severity)
	case before != after:
		return fmt.Sprintf("was %s, is %s", before, after)
	case old.Message != f.Message:
		return "says something else"
	}
	return ""
}

func acceptedBy(f finding.Finding) string {
	if f.Suppression == nil || f.Suppression.Kind == finding.ByBaseline {
		return "counted"
	}
	return fmt.Sprintf("accepted by exception %q", f.Suppression.ID)
}
