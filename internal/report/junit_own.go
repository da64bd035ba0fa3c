package report

import (
	"fmt"
	"strings"
)

// gateCase is the exit code as a case: whoever looks at the test report alone must not see green after an incomplete
// run. What text says around its findings is the case's output.
func (j *junitReporter) gateCase(f Footer) junitCase {
	c := junitCase{class: junitPath("gate"), name: "exit code"}
	message := exitLine(f.Exit)
	switch f.Exit.Code {
	case 0:
	case 1:
		c.state = junitFailed
		c.inner = junitResult("failure", "exit 1", message, []string{message})
	default:
		c.state = junitBroken
		c.inner = junitResult("error", fmt.Sprintf("exit %d", f.Exit.Code), message, []string{message})
	}
	c.inner += junitText("system-out", append(j.overview(f), message))
	return c
}

func (j *junitReporter) overview(f Footer) []string {
	lines := []string{headline(j.header)}
	for _, warnings := range [][]string{j.header.Warnings, f.Warnings} {
		for _, warning := range warnings {
			lines = append(lines, "warning: "+clean(warning, maxMessage))
		}
	}
	for _, g := range j.gaps.ranked() {
		lines = append(lines, "not seen: "+gapTitle(g)+"; unknown: "+gapCost(g))
	}
	lines = append(lines, j.coverageTable()...)
	if j.gaps.denied() {
		lines = append(lines, deniedHint)
	}
	lines = append(lines, countsLine(f.Summary), judged(f.Summary))
	if text := outOfScope(j.header); text != "" {
		lines = append(lines, text)
	}
	return lines
}

// countsLine is the summary in one line, such as "critical: 1, high: 0".
func countsLine(s Summary) string {
	names, counts := summaryColumns(s)
	var parts []string
	for i := range names {
		parts = append(parts, names[i]+": "+counts[i])
	}
	return strings.Join(parts, ", ")
}

// coverageTable says what would show what was not seen, and what need not be seen.
func (j *junitReporter) coverageTable() []string {
	var lines []string
	table := j.gaps.table()
	for _, unseen := range table.Open {
		lines = append(lines, "coverage: "+unseen.line())
	}
	if line := table.inactiveLine(); line != "" {
		lines = append(lines, "coverage: "+line)
	}
	for _, unseen := range table.Accepted {
		lines = append(lines, "accepted: "+unseen.title()+"; by "+suppressionText(*unseen.Suppression))
	}
	return lines
}

func omittedCase(findings, units int) junitCase {
	var parts []string
	if findings > 0 {
		parts = append(parts, plural(findings, "finding is", "findings are")+" omitted, the mildest")
	}
	if units > 0 {
		parts = append(parts, plural(units, "unit is", "units are")+" omitted")
	}
	message := strings.Join(parts, ", and ") + ": test reports take no more. The JSON report has all of them."
	return junitCase{
		class: junitPath("gate"), name: "omitted findings", state: junitSkipped,
		inner: junitResult("skipped", "omitted", message, []string{message}),
	}
}
