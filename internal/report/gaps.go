package report

import (
	"cmp"
	"maps"
	"slices"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// gapKey is what a person can act on: one IAM action, and what came of asking.
type gapKey struct {
	action string
	status string
}

// gap is everything that was not seen for one reason, and what it costs.
type gap struct {
	gapKey
	codes    set
	facts    set
	units    set
	policies set
	// missing counts the resources that lack the fact; verdicts counts the unknowns that hang on it.
	missing  int
	verdicts int
}

type set map[string]bool

func (s set) add(text string) {
	if text != "" {
		s[text] = true
	}
}

func (s set) sorted() []string { return slices.Sorted(maps.Keys(s)) }

// gapIndex joins the two views of what was not seen: coverage says what is missing where, unknown findings say which
// verdicts it costs.
type gapIndex map[gapKey]*gap

func (index gapIndex) at(action, status string) *gap {
	key := gapKey{action, status}
	if index[key] == nil {
		index[key] = &gap{gapKey: key, codes: set{}, facts: set{}, units: set{}, policies: set{}}
	}
	return index[key]
}

// addFinding counts one unknown once for each gap that it hangs on, however many facts the gap covers.
func (index gapIndex) addFinding(f finding.Finding) {
	touched := map[*gap]bool{}
	for _, missing := range f.Gaps {
		g := index.at(missing.Action, missing.Status)
		g.codes.add(missing.Code)
		g.facts.add(missing.Fact)
		g.units.add(unitName(missing.Account, missing.Region))
		g.policies.add(f.Policy)
		touched[g] = true
	}
	if len(f.Gaps) == 0 {
		g := index.at("", string(inventory.NotCollected))
		g.policies.add(f.Policy)
		touched[g] = true
	}
	for g := range touched {
		g.verdicts++
	}
}

func (index gapIndex) addCoverage(c inventory.Coverage) {
	if c.Status.IsAnswer() {
		return
	}
	g := index.at(c.Action, string(c.Status))
	g.codes.add(c.Code)
	g.facts.add(c.Fact)
	g.units.add(unitName(c.Account, c.Region))
	g.missing += c.Missing
}

// ranked returns the gaps, the one that costs the most verdicts first.
func (index gapIndex) ranked() []*gap {
	return slices.SortedFunc(maps.Values(index), func(a, b *gap) int {
		return cmp.Or(cmp.Compare(b.verdicts, a.verdicts), cmp.Compare(a.action, b.action), cmp.Compare(a.status, b.status))
	})
}

// denied reports whether an action was denied: that can be mended by a role.
func (index gapIndex) denied() bool {
	for key := range index {
		if key.status == string(inventory.Denied) {
			return true
		}
	}
	return false
}

func unitName(account, region string) string {
	if account == "" || region == "" {
		return account + region
	}
	return account + "/" + region
}

// units counts the units that coverage speaks of, and those with a gap.
func units(coverage []inventory.Coverage) (all, incomplete int) {
	whole := map[inventory.Unit]bool{}
	for _, c := range coverage {
		before, seen := whole[c.Unit]
		whole[c.Unit] = (before || !seen) && c.Status.IsAnswer()
	}
	for _, ok := range whole {
		if !ok {
			incomplete++
		}
	}
	return len(whole), incomplete
}
