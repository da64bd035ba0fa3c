package report

import (
	"cmp"
	"maps"
	"slices"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// gapKey is what a person can act on: one IAM action, what came of asking, and whether somebody accepts that.
type gapKey struct {
	action string
	status string
	// acceptedBy is the id of an exception; empty for what is open.
	acceptedBy string
}

// gap is everything that was not seen for one reason, and what it costs.
type gap struct {
	gapKey
	codes    set
	facts    set
	units    unitSet
	policies set
	// missing counts the resources that lack the fact; verdicts counts the unknowns that hang on it.
	missing  int
	verdicts int
	// whole says that whole accounts are not seen: what is in them has no verdict to count.
	whole bool
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
type gapIndex struct {
	gaps map[gapKey]*gap
	roll *roll
	// inactive are the accounts that nobody can enter, by their state.
	inactive map[string]*unitSet
	// decisions are the exceptions that accept gaps, by id.
	decisions map[string]finding.Suppression
}

func newGapIndex() *gapIndex {
	return &gapIndex{
		gaps: map[gapKey]*gap{}, roll: newRoll(), inactive: map[string]*unitSet{}, decisions: map[string]finding.Suppression{},
	}
}

func (index *gapIndex) at(action, status, acceptedBy string) *gap {
	key := gapKey{action, status, acceptedBy}
	if index.gaps[key] == nil {
		index.gaps[key] = &gap{gapKey: key, codes: set{}, facts: set{}, policies: set{}}
	}
	return index.gaps[key]
}

// addFinding counts one unknown once for each gap that it hangs on, however many facts the gap covers. One that an exception
// accepts hangs on what the exception is about.
func (index *gapIndex) addFinding(f finding.Finding) {
	exception := ""
	if f.Suppression != nil {
		exception = f.Suppression.ID
		index.decisions[exception] = *f.Suppression
	}
	touched := map[*gap]bool{}
	for _, missing := range f.Gaps {
		accepted := missing.AcceptedBy
		if missing.CanBeClosed() {
			accepted = cmp.Or(accepted, exception)
		}
		g := index.at(missing.Action, missing.Status, accepted)
		g.codes.add(missing.Code)
		g.facts.add(missing.Fact)
		if where := unitName(missing.Account, missing.Region); where != "" {
			g.units.add(index.roll.of(where))
		}
		touched[g] = true
	}
	if len(f.Gaps) == 0 {
		touched[index.at("", string(inventory.NotCollected), exception)] = true
	}
	for g := range touched {
		g.policies.add(f.Policy)
		g.verdicts++
	}
}

// cover adds what coverage says is missing.
func (index *gapIndex) cover(c *Coverage) {
	for _, o := range c.gaps() {
		if o.isInactive() {
			index.addInactive(c, o)
			continue
		}
		g := index.at(o.action, string(o.status), o.acceptedBy)
		if o.acceptedBy != "" {
			index.decisions[o.acceptedBy] = c.decisions[o.acceptedBy]
		}
		g.codes.add(o.code)
		if g.whole = g.whole || o.isDoor(); !o.isDoor() {
			g.facts.add(o.fact)
			g.missing += o.missing
		}
		for _, unit := range o.units {
			g.units.add(index.roll.of(c.roll.names[unit]))
		}
	}
}

func (index *gapIndex) addInactive(c *Coverage, o *outcome) {
	if index.inactive[o.code] == nil {
		index.inactive[o.code] = &unitSet{}
	}
	for _, unit := range o.units {
		index.inactive[o.code].add(index.roll.of(c.roll.names[unit]))
	}
}

// ranked returns the gaps that nobody accepted, whole accounts first, then the one that costs the most verdicts.
func (index *gapIndex) ranked() []*gap {
	return index.where(func(g *gap) bool { return g.acceptedBy == "" })
}

// accepted returns the gaps that exceptions accept, by exception.
func (index *gapIndex) accepted() []*gap {
	all := index.where(func(g *gap) bool { return g.acceptedBy != "" })
	slices.SortStableFunc(all, func(a, b *gap) int { return compareNatural(a.acceptedBy, b.acceptedBy) })
	return all
}

func (index *gapIndex) where(wanted func(*gap) bool) []*gap {
	all := slices.DeleteFunc(slices.Collect(maps.Values(index.gaps)), func(g *gap) bool { return !wanted(g) })
	slices.SortFunc(all, func(a, b *gap) int {
		return cmp.Or(
			count(b.whole)-count(a.whole), cmp.Compare(b.verdicts, a.verdicts), cmp.Compare(a.action, b.action),
			cmp.Compare(a.status, b.status), cmp.Compare(a.acceptedBy, b.acceptedBy),
		)
	})
	return all
}

// denied reports whether an action was denied that nobody accepts: that can be mended by a role.
func (index *gapIndex) denied() bool {
	for key := range index.gaps {
		if key.status == string(inventory.Denied) && key.acceptedBy == "" {
			return true
		}
	}
	return false
}

// decision is the exception that accepts a gap.
func (index *gapIndex) decision(g *gap) finding.Suppression {
	mark := index.decisions[g.acceptedBy]
	mark.Kind, mark.ID = finding.ByException, g.acceptedBy
	return mark
}
