package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// writeGaps says what was not seen, before anything that was: a list of findings reads as all of them otherwise.
func (t *textReporter) writeGaps(coverage []inventory.Coverage) {
	for _, c := range coverage {
		t.gaps.addCoverage(c)
	}
	if len(t.gaps) == 0 {
		return
	}
	t.page.heading(gapHeading(coverage))
	denied := false
	for _, g := range t.gaps.ranked() {
		t.writeGap(g)
		denied = denied || g.status == string(inventory.Denied)
	}
	if denied {
		t.page.paragraph(2, "Allow the denied actions and scan again: `amiscan iam` prints the role that the chosen policies need.")
	}
}

func gapHeading(coverage []inventory.Coverage) string {
	all, incomplete := units(coverage)
	if incomplete == 0 {
		return "NOT SEEN"
	}
	verb := "are"
	if incomplete == 1 {
		verb = "is"
	}
	return fmt.Sprintf("NOT SEEN (%d of %s %s incomplete)", incomplete, plural(all, "unit", "units"), verb)
}

func (t *textReporter) writeGap(g *gap) {
	t.page.paragraph(2, gapTitle(g))
	if facts := g.facts.sorted(); len(facts) > 0 {
		text := few(facts, 4)
		if g.missing > 0 {
			text += "; missing from " + plural(g.missing, "resource", "resources")
		}
		t.page.labelled(4, "facts:  ", text)
	}
	if where := g.units.sorted(); len(where) > 0 {
		t.page.labelled(4, "where:  ", few(where, 3))
	}
	t.page.labelled(4, "unknown:", gapCost(g))
}

// gapTitle names the action and what came of it, such as "ec2:DescribeImages: denied (UnauthorizedOperation)".
func gapTitle(g *gap) string {
	status := strings.ReplaceAll(clean(g.status, maxName), "_", " ")
	if g.action != "" {
		status = clean(g.action, maxName) + ": " + status
	}
	if codes := g.codes.sorted(); len(codes) > 0 {
		status += " (" + few(codes, 3) + ")"
	}
	return status
}

func gapCost(g *gap) string {
	if g.verdicts == 0 {
		return "no verdict hangs on it"
	}
	return fmt.Sprintf("%s of %s", plural(g.verdicts, "verdict", "verdicts"), few(g.policies.sorted(), 3))
}

// tally counts findings by policy and keeps the first of each as an example.
type tally map[string]*tallied

type tallied struct {
	example finding.Finding
	count   int
}

func (t tally) add(f finding.Finding) {
	if t[f.Policy] == nil {
		t[f.Policy] = &tallied{example: f}
	}
	t[f.Policy].count++
}

func (t *textReporter) writeErrors() {
	t.writeTally("NOT EVALUATED (the policy met data that it could not read)", t.errors)
}

func (t *textReporter) writeUndecided() {
	t.writeTally("UNDECIDED (what AWS shows does not settle it; never part of the exit code)", t.undecided)
}

// writeTally is brief on purpose: one line a policy, with one example.
func (t *textReporter) writeTally(heading string, counts tally) {
	if len(counts) == 0 {
		return
	}
	t.page.heading(heading)
	for _, policy := range slices.Sorted(maps.Keys(counts)) {
		c := counts[policy]
		t.page.paragraph(2, fmt.Sprintf("%s: %s, such as %s: %s", clean(policy, maxName),
			plural(c.count, "verdict", "verdicts"), clean(c.example.Resource.ID, maxName),
			clean(c.example.Message, maxMessage)))
	}
}
