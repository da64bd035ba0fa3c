package report

// writeGaps says what was not seen, before anything that was: a list of findings reads as all of them otherwise.
func (t *textReporter) writeGaps(coverage *Coverage) {
	ranked := t.gaps.ranked()
	if len(ranked) == 0 {
		return
	}
	t.page.heading("NOT SEEN" + incompleteUnits(coverage))
	for _, g := range ranked {
		t.writeGap(g)
	}
	if t.gaps.denied() {
		t.page.paragraph(2, deniedHint)
	}
}

func (t *textReporter) writeGap(g *gap) {
	t.page.paragraph(2, gapTitle(g))
	if facts := gapFacts(g); facts != "" {
		t.page.labelled(4, "facts:  ", facts)
	}
	if where := t.gaps.extent(g.units).text(); where != "" {
		t.page.labelled(4, "where:  ", where)
	}
	t.page.labelled(4, "unknown:", gapCost(g))
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
	for _, c := range counts.sorted() {
		t.page.paragraph(2, clean(c.example.Policy, maxName)+": "+c.text())
	}
}
