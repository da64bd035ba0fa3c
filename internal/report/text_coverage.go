package report

// writeCoverage is the coverage table: one line for each thing that was not seen, with what would show it. What exceptions
// accept stands apart.
func (t *textReporter) writeCoverage() {
	table := t.gaps.table()
	if table.isEmpty() {
		return
	}
	t.page.heading("COVERAGE (what was not seen, and what would show it)")
	for _, unseen := range table.Open {
		t.page.paragraph(2, unseen.line())
	}
	if line := table.inactiveLine(); line != "" {
		t.page.paragraph(2, line)
	}
	if len(table.Accepted) == 0 {
		return
	}
	t.page.line(2, "accepted:")
	for i, unseen := range table.Accepted {
		if i == 0 || unseen.Suppression.ID != table.Accepted[i-1].Suppression.ID {
			t.page.paragraph(4, suppressionText(*unseen.Suppression))
		}
		t.page.paragraph(6, unseen.title())
	}
}
