package report

import "strings"

func (t *textReporter) writeFixes() {
	all := fixes(groups(t.failing.all()))
	if len(all) == 0 {
		return
	}
	t.page.heading("HOW TO FIX")
	for _, fix := range all {
		t.page.line(2, clean(fix.policy, maxName))
		t.writeRemediation(fix.remediation)
	}
}

// writeRemediation wraps sentences and leaves commands in one piece, so that they can be pasted.
func (t *textReporter) writeRemediation(text string) {
	for _, line := range fixLines(text) {
		if line.command {
			t.page.line(6, strings.Repeat("  ", count(line.continues))+line.text)
			continue
		}
		t.page.paragraph(4, line.text)
	}
}

// count is one for true.
func count(is bool) int {
	if is {
		return 1
	}
	return 0
}
