package report

import (
	"fmt"
	"strings"
)

// deniedHint follows every list of gaps in which an action was denied.
const deniedHint = "Allow the denied actions and scan again: `amiscan iam` prints the role that the chosen policies need."

// incompleteUnits says in brackets how many accounts were not read and how many units have a gap; it is empty if none has.
func incompleteUnits(coverage *Coverage) string {
	var parts []string
	c := coverage.census()
	if c.accounts > 0 {
		parts = append(parts, plural(c.accounts, "account was not read", "accounts were not read"))
	}
	if c.incomplete > 0 {
		verb := "are"
		if c.incomplete == 1 {
			verb = "is"
		}
		parts = append(parts, fmt.Sprintf("%s of %s %s incomplete", digits(c.incomplete), plural(c.units, "unit", "units"), verb))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// gapTitle names the action and what came of it, such as "ec2:DescribeImages: denied (UnauthorizedOperation)".
func gapTitle(g *gap) string {
	status := statusWords(g.status)
	if g.action != "" {
		status = clean(g.action, maxName) + ": " + status
	}
	if codes := g.codes.sorted(); len(codes) > 0 {
		status += " (" + few(codes, 3) + ")"
	}
	return status
}

func statusWords(status string) string { return strings.ReplaceAll(clean(status, maxName), "_", " ") }

func gapCost(g *gap) string {
	if g.whole {
		return "all that is there"
	}
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

// extent says where something was not seen. An account of which nothing was read is no unit: its regions are not known.
type extent struct {
	accounts, units int
	// names are units, and accounts of which nothing was read.
	names []string
}

func (index *gapIndex) extent(units unitSet) extent {
	e := extent{names: units.names(index.roll)}
	accounts := map[string]bool{}
	for i, name := range e.names {
		account, whole := wholeAccount(name)
		if whole {
			e.names[i] = account
		} else {
			e.units++
			account, _, _ = strings.Cut(name, "/")
		}
		accounts[account] = true
	}
	e.accounts = len(accounts)
	return e
}

// count is "12 accounts", "3 units" of one account or "204 units of 12 accounts"; empty where no place is known.
func (e extent) count() string {
	switch {
	case len(e.names) == 0:
		return ""
	case e.units == 0:
		return plural(e.accounts, "account", "accounts")
	case e.accounts == 1:
		return plural(e.units, "unit", "units")
	}
	return plural(e.units, "unit", "units") + " of " + plural(e.accounts, "account", "accounts")
}

// text names the first places; in several accounts it also counts them.
func (e extent) text() string {
	if e.accounts > 1 {
		return e.count() + ": " + few(e.names, 3)
	}
	return few(e.names, 3)
}
