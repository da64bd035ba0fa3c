package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
)

// suppressionText says what suppresses a finding, why, who decided it and for how long: whoever reads "skipped" must be
// able to disagree with somebody.
func suppressionText(s finding.Suppression) string {
	title := orElse(clean(s.Kind, maxName), finding.ByException)
	if s.Kind == finding.ByBaseline {
		title = "the baseline"
	}
	if id := clean(s.ID, maxName); id != "" {
		title += fmt.Sprintf(" %q", id)
	}
	var parts []string
	for _, part := range []struct{ label, text string }{
		{"", s.Reason}, {"owner ", s.Owner}, {"ticket ", s.Ticket}, {"expires ", s.Expires}, {"", s.Place},
	} {
		if text := clean(part.text, maxMessage); text != "" {
			parts = append(parts, part.label+text)
		}
	}
	if len(parts) == 0 {
		return title
	}
	return title + ": " + strings.Join(parts, "; ")
}

// suppressions counts suppressed findings by what suppressed them: as many as there are exceptions, and a baseline.
type suppressions map[finding.Suppression]int

// sorted returns the marks in the order of kind and id.
func (s suppressions) sorted() []finding.Suppression {
	return slices.SortedFunc(maps.Keys(s), compareSuppressions)
}

func compareSuppressions(a, b finding.Suppression) int {
	return cmp.Or(
		cmp.Compare(a.Kind, b.Kind), compareNatural(a.ID, b.ID), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Expires, b.Expires),
		cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Ticket, b.Ticket), cmp.Compare(a.ID, b.ID),
	)
}
