package report

import (
	"slices"
	"strings"
)

// writeFixes says once for each failing policy what to do about it, in the order in which the policies came up: a
// hundred images that fail alike want one answer.
func (t *textReporter) writeFixes() {
	var said []string
	for _, g := range groups(t.failing.all()) {
		for _, f := range g.findings {
			if slices.Contains(said, f.Policy) || f.Remediation == "" {
				continue
			}
			if len(said) == 0 {
				t.page.heading("HOW TO FIX")
			}
			said = append(said, f.Policy)
			t.page.line(2, clean(f.Policy, maxName))
			t.writeRemediation(f.Remediation)
		}
	}
}

// writeRemediation wraps sentences and leaves commands in one piece, so that they can be pasted: a command goes on as long
// as its lines end in a backslash.
func (t *textReporter) writeRemediation(text string) {
	goesOn := false
	for _, line := range cleanLines(text) {
		trimmed := strings.TrimLeft(line, " ")
		if goesOn || isCommand(line) {
			t.page.line(6, strings.Repeat("  ", count(goesOn))+trimmed)
			goesOn = strings.HasSuffix(trimmed, "\\")
			continue
		}
		t.page.paragraph(4, trimmed)
	}
}

// count is one for true.
func count(is bool) int {
	if is {
		return 1
	}
	return 0
}
