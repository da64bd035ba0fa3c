package report

// notSeen stands before what fails: a list of findings reads as all of them otherwise.
func (m *markdownReporter) notSeen(coverage *Coverage) string {
	var items []string
	for _, g := range m.gaps.ranked() {
		items = append(items, m.gapItem(g))
	}
	hint := ""
	if m.gaps.denied() {
		hint = prose(deniedHint)
	}
	return part("Not seen"+incompleteUnits(coverage), listing(roomForGaps, items, 0), hint)
}

func (m *markdownReporter) gapItem(g *gap) string {
	item := prose(gapTitle(g))
	if facts := gapFacts(g); facts != "" {
		item += "\n  - facts: " + prose(facts)
	}
	if where := m.gaps.extent(g.units).text(); where != "" {
		item += "\n  - where: " + prose(where)
	}
	return item + "\n  - unknown: " + prose(gapCost(g))
}
