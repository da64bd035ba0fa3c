package report

import (
	"github.com/amiscan/amiscan/internal/inventory"
)

// notSeen stands before what fails: a list of findings reads as all of them otherwise.
func (m *markdownReporter) notSeen(coverage []inventory.Coverage) string {
	var items []string
	for _, g := range m.gaps.ranked() {
		items = append(items, gapItem(g))
	}
	hint := ""
	if m.gaps.denied() {
		hint = prose(deniedHint)
	}
	return part("Not seen"+incompleteUnits(coverage), listing(roomForGaps, items, 0), hint)
}

func gapItem(g *gap) string {
	item := prose(gapTitle(g))
	if facts := gapFacts(g); facts != "" {
		item += "\n  - facts: " + prose(facts)
	}
	if where := g.units.sorted(); len(where) > 0 {
		item += "\n  - where: " + prose(few(where, 3))
	}
	return item + "\n  - unknown: " + prose(gapCost(g))
}
