package report

import (
	"fmt"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// deniedHint follows every list of gaps in which an action was denied.
const deniedHint = "Allow the denied actions and scan again: `amiscan iam` prints the role that the chosen policies need."

// incompleteUnits says in brackets how many units have a gap; it is empty if none has.
func incompleteUnits(coverage []inventory.Coverage) string {
	all, incomplete := units(coverage)
	if incomplete == 0 {
		return ""
	}
	verb := "are"
	if incomplete == 1 {
		verb = "is"
	}
	return fmt.Sprintf(" (%d of %s %s incomplete)", incomplete, plural(all, "unit", "units"), verb)
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

// gapFacts names what is missing, and from how many resources.
func gapFacts(g *gap) string {
	facts := g.facts.sorted()
	if len(facts) == 0 {
		return ""
	}
	text := few(facts, 4)
	if g.missing > 0 {
		text += "; missing from " + plural(g.missing, "resource", "resources")
	}
	return text
}
