package report

import (
	"cmp"
	"maps"
	"slices"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// doorFact is the fact of an account without which nothing of it could be read.
const doorFact = "regions"

// maxApart is how many units are told of one by one: the regions of one account, and then some.
const maxApart = 40

// Coverage says of many units how far each fact was collected. Most units of an organization answer alike, so that it keeps the
// outcomes of each fact and, in four bytes each, which units had them.
type Coverage struct {
	roll     *roll
	outcomes map[outcomeKey]*outcome
	// apart are the same records one by one, as long as there are few units.
	apart []*outcome
	// decisions are the exceptions that accept gaps, by id.
	decisions map[string]finding.Suppression
}

// outcomeKey is what came of collecting a fact.
type outcomeKey struct {
	kind, fact, action string
	status             inventory.Status
	code, narrowed     string
	acceptedBy         string
}

// outcome is what came of a fact in some units. A unit is told of once for each fact.
type outcome struct {
	outcomeKey
	units          []int32
	items, missing int
}

// NewCoverage returns the coverage of no unit.
func NewCoverage() *Coverage {
	return &Coverage{roll: newRoll(), outcomes: map[outcomeKey]*outcome{}, decisions: map[string]finding.Suppression{}}
}

// Add takes in how far one fact was collected in one unit, and the exception that accepts it if it was not; nil if none does.
func (c *Coverage) Add(record inventory.Coverage, accepted *finding.Suppression) {
	key := outcomeKey{
		kind: record.Kind, fact: record.Fact, action: record.Action, status: record.Status, code: record.Code,
		narrowed: record.Narrowed,
	}
	if accepted != nil {
		key.acceptedBy = accepted.ID
		c.decisions[accepted.ID] = *accepted
	}
	unit := c.roll.of(unitName(record.Account, record.Region))
	if c.outcomes[key] == nil {
		c.outcomes[key] = &outcome{outcomeKey: key}
	}
	c.outcomes[key].add(unit, record)
	if len(c.roll.names) > maxApart {
		c.apart = nil
		return
	}
	one := &outcome{outcomeKey: c.outcomes[key].outcomeKey}
	one.add(unit, record)
	c.apart = append(c.apart, one)
}

func (o *outcome) add(unit int32, record inventory.Coverage) {
	o.units = append(o.units, unit)
	o.items += record.Items
	o.missing += record.Missing
}

// Units returns the names of all units, as "account/region", sorted.
func (c *Coverage) Units() []string {
	if c == nil {
		return nil
	}
	return slices.Sorted(slices.Values(c.roll.names))
}

// sorted returns the outcomes by fact, the most frequent first.
func (c *Coverage) sorted() []*outcome {
	if c == nil {
		return nil
	}
	return slices.SortedFunc(maps.Values(c.outcomes), compareOutcomes)
}

// told returns the outcomes by fact, for few units each unit's own.
func (c *Coverage) told() []*outcome {
	if c == nil || len(c.apart) == 0 {
		return c.sorted()
	}
	return slices.SortedStableFunc(slices.Values(c.apart), compareOutcomes)
}

func compareOutcomes(a, b *outcome) int {
	return cmp.Or(
		cmp.Compare(a.kind, b.kind), cmp.Compare(a.fact, b.fact), cmp.Compare(len(b.units), len(a.units)),
		count(b.status.IsAnswer())-count(a.status.IsAnswer()),
		cmp.Compare(a.action, b.action), cmp.Compare(a.status, b.status), cmp.Compare(a.code, b.code),
		cmp.Compare(a.narrowed, b.narrowed), cmp.Compare(a.acceptedBy, b.acceptedBy),
	)
}

// gaps returns the outcomes that are no answer.
func (c *Coverage) gaps() []*outcome {
	return slices.DeleteFunc(c.sorted(), func(o *outcome) bool { return o.status.IsAnswer() })
}

// isDoor holds for the outcomes of entering whole accounts.
func (k outcomeKey) isDoor() bool { return k.kind == inventory.Account && k.fact == doorFact }

// isInactive holds for accounts that nobody can enter, because they are suspended or closed. The code is their state.
func (k outcomeKey) isInactive() bool { return k.isDoor() && k.status == inventory.NotVisible }

// census counts what is whole and what is not.
type census struct {
	// units and incomplete don't count whole accounts; accounts are those that may be entered and were not.
	units, incomplete, accounts int
}

// census counts units and accounts whose gaps nobody accepted.
func (c *Coverage) census() census {
	var open, doors unitSet
	for _, o := range c.gaps() {
		for _, unit := range o.units {
			switch {
			case o.acceptedBy != "" || o.isInactive():
			case o.isDoor():
				doors.add(unit)
			default:
				open.add(unit)
			}
		}
	}
	all := census{accounts: doors.size()}
	for _, name := range c.Units() {
		if _, whole := wholeAccount(name); whole {
			continue
		}
		all.units++
		all.incomplete += count(open.has(c.roll.number[name]))
	}
	return all
}
