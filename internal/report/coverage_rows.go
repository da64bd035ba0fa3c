package report

import (
	"cmp"
	"iter"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// CoverageRow is what came of collecting one fact in some units. The rows of a fact speak of each unit once.
type CoverageRow struct {
	// Fact is the name of the fact and Kind the kind of resource that has it.
	Kind string `json:"kind"`
	Fact string `json:"fact"`
	// Action is the IAM action that the fact needs.
	Action string           `json:"action"`
	Status inventory.Status `json:"status"`
	Code   string           `json:"code,omitempty"`
	// Narrowed is one of inventory's reasons for a listing that is not meant to be whole.
	Narrowed string `json:"narrowed,omitempty"`
	// AcceptedBy is the id of the exception that accepts the gap.
	AcceptedBy string `json:"accepted_by,omitempty"`
	// Units counts the units, Items the resources in them that have the fact as an answer, Missing those that lack it.
	Units   int `json:"units"`
	Items   int `json:"items"`
	Missing int `json:"missing,omitempty"`
	// In names the units as "account/region". Without it they are all units that the fact is about (of region "global" for
	// kind account, of all others for other kinds), but for those in another row of the fact and in NotIn.
	In []string `json:"in,omitempty"`
	// NotIn names units that the fact is about and that no row of it speaks of.
	NotIn []string `json:"not_in,omitempty"`
}

// Rows returns one row for each outcome of each fact, the most frequent outcome first; for few units, one for each unit.
func (c *Coverage) Rows() iter.Seq[CoverageRow] {
	return func(yield func(CoverageRow) bool) {
		if c != nil && len(c.apart) > 0 {
			c.rowsApart(yield)
			return
		}
		for all := c.sorted(); len(all) > 0; {
			end := 1
			for end < len(all) && all[end].kind == all[0].kind && all[end].fact == all[0].fact {
				end++
			}
			if !c.rowsOf(all[:end], yield) {
				return
			}
			all = all[end:]
		}
	}
}

func (c *Coverage) rowsApart(yield func(CoverageRow) bool) {
	rows := make([]CoverageRow, len(c.apart))
	for i, o := range c.apart {
		rows[i] = o.row()
		rows[i].In = c.names(o.units)
	}
	slices.SortStableFunc(rows, func(a, b CoverageRow) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Fact, b.Fact), slices.Compare(a.In, b.In))
	})
	for _, row := range rows {
		if !yield(row) {
			return
		}
	}
}

// rowsOf lists the units of all outcomes of one fact but the first, which is the most frequent. What it does not list must
// follow from the others; where it would not, it is listed as well.
func (c *Coverage) rowsOf(outcomes []*outcome, yield func(CoverageRow) bool) bool {
	without, follows := c.unspoken(outcomes)
	follows = follows && len(without) < len(outcomes[0].units)
	for i, o := range outcomes {
		row := o.row()
		if i == 0 && follows {
			row.NotIn = without
		} else {
			row.In = c.names(o.units)
		}
		if !yield(row) {
			return false
		}
	}
	return true
}

// unspoken returns the units that a fact is about and that have none of its outcomes. It also says whether the first outcome
// follows from the others: it does not if a unit has two of them, or if the fact is not about it.
func (c *Coverage) unspoken(outcomes []*outcome) (names []string, follows bool) {
	var spoken unitSet
	for _, o := range outcomes {
		for _, unit := range o.units {
			if spoken.has(unit) || !concerns(o.kind, c.roll.names[unit]) {
				return nil, false
			}
			spoken.add(unit)
		}
	}
	for n, name := range c.roll.names {
		if !spoken.has(int32(n)) && concerns(outcomes[0].kind, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, true
}

// concerns reports whether facts of a kind are about a unit: those of accounts about its pseudo-region, all others about the
// regions.
func concerns(kind, unit string) bool {
	_, whole := wholeAccount(unit)
	return whole == (kind == inventory.Account)
}

func (o *outcome) row() CoverageRow {
	return CoverageRow{
		Kind: o.kind, Fact: o.fact, Action: o.action, Status: o.status, Code: o.code, Narrowed: o.narrowed,
		AcceptedBy: o.acceptedBy, Units: len(o.units), Items: o.items, Missing: o.missing,
	}
}

func (c *Coverage) names(units []int32) []string {
	names := make([]string, len(units))
	for i, unit := range units {
		names[i] = c.roll.names[unit]
	}
	slices.Sort(names)
	return names
}
