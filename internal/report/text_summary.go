package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
)

func (t *textReporter) writeSummary(s Summary) {
	t.page.heading("SUMMARY")
	names, counts := summaryColumns(s)
	var head, row strings.Builder
	for i, name := range names {
		width := max(len(name), len(counts[i]))
		fmt.Fprintf(&head, "%*s  ", width, name)
		fmt.Fprintf(&row, "%*s  ", width, counts[i])
	}
	t.page.line(2, head.String())
	t.page.line(2, row.String())
	t.page.paragraph(2, judged(s))
}

// summaryColumns are the failing findings by severity, then the other outcomes. Zeros are shown: they are news, too.
func summaryColumns(s Summary) (names, counts []string) {
	add := func(name string, count int) {
		names, counts = append(names, name), append(counts, fmt.Sprint(count))
	}
	for _, severity := range finding.Severities() {
		add(severity.String(), s.BySeverity[severity])
	}
	add("unknown", s.Findings.Unknown)
	add("passed", s.Findings.Pass)
	add("suppressed", s.Findings.Suppressed)
	return names, counts
}

func judged(s Summary) string {
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(s.Resources)) {
		parts = append(parts, fmt.Sprintf("%d %s", s.Resources[kind], strings.ReplaceAll(clean(kind, maxName), "_", " ")))
	}
	if len(parts) == 0 {
		parts = append(parts, "nothing")
	}
	text := "judged: " + strings.Join(parts, ", ")
	if n := s.Findings.NotApplicable; n > 0 {
		text += "; not applicable: " + plural(n, "verdict", "verdicts")
	}
	return text
}

func (t *textReporter) writeOutOfScope() {
	if text := outOfScope(t.header); text != "" {
		t.page.paragraph(2, text)
	}
}

// outOfScope names the policies that could not be judged within the scope; it is empty if there are none.
func outOfScope(h Header) string {
	if len(h.OutOfScope) == 0 {
		return ""
	}
	var parts []string
	for _, o := range h.OutOfScope {
		parts = append(parts, named(o.Policy, o.Why))
	}
	return "out of scope: " + few(parts, 12)
}
