package report

import (
	"fmt"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
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

// unitCases say for every unit whether all of it was seen, so that one without findings is in the report, too. Where a
// gap costs a verdict, that verdict is an error; the gap itself is no more than skipped, because a person may have
// accepted it.
func unitCases(coverage []inventory.Coverage) []junitCase {
	unseen, order := map[inventory.Unit][]string{}, []inventory.Unit{}
	for _, c := range coverage {
		if _, seen := unseen[c.Unit]; !seen {
			unseen[c.Unit] = nil
			order = append(order, c.Unit)
		}
		if !c.Status.IsAnswer() {
			unseen[c.Unit] = append(unseen[c.Unit], coverageLine(c))
		}
	}
	var cases []junitCase
	for _, unit := range order {
		cases = append(cases, unitCase(unit, unseen[unit]))
	}
	return cases
}

func unitCase(unit inventory.Unit, unseen []string) junitCase {
	c := junitCase{
		about: finding.Finding{Resource: finding.Resource{Account: unit.Account, Region: unit.Region}},
		class: junitPath(unit.Account, unit.Region, "unit"), name: "everything was collected",
	}
	if len(unseen) > 0 {
		c.state = junitSkipped
		c.inner = junitResult("skipped", "incomplete", plural(len(unseen), "fact was", "facts were")+" not seen", unseen)
	}
	return c
}

func coverageLine(c inventory.Coverage) string {
	text := gapLine(finding.Gap{Fact: c.Fact, Status: string(c.Status), Action: c.Action, Code: c.Code})
	if c.Missing > 0 {
		text += ", missing from " + plural(c.Missing, "resource", "resources")
	}
	return text
}

func omittedCase(omitted int) junitCase {
	message := plural(omitted, "finding is", "findings are") +
		" omitted, the mildest: test reports take no more. The JSON report has all of them."
	return junitCase{
		class: junitPath("gate"), name: "omitted findings", state: junitSkipped,
		inner: junitResult("skipped", "omitted", message, []string{message}),
	}
}
