package report

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// junitTime has no zone: Ant's schema allows none, and Jenkins takes it as it is.
const junitTime = "2006-01-02T15:04:05"

// junitCounts are the attributes of an opening tag. Every case counts as a test, whatever came of it.
type junitCounts struct{ tests, failures, errors, skipped int }

func (n *junitCounts) add(state junitState) {
	n.tests++
	n.failures += count(state == junitFailed)
	n.errors += count(state == junitBroken)
	n.skipped += count(state == junitSkipped)
}

func countJUnit(cases []junitCase) junitCounts {
	var n junitCounts
	for _, c := range cases {
		n.add(c.state)
	}
	return n
}

// writeJUnit writes cases that are in the order of their suites.
func writeJUnit(w io.Writer, now time.Time, cases []junitCase) error {
	out := bufio.NewWriter(w)
	n := countJUnit(cases)
	fmt.Fprintf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"+
		"<testsuites name=\"amiscan\" tests=\"%d\" failures=\"%d\" errors=\"%d\" time=\"0\">\n", n.tests, n.failures, n.errors)
	seen := map[string]bool{}
	for len(cases) > 0 {
		end := 1
		for end < len(cases) && suiteName(cases[end]) == suiteName(cases[0]) {
			end++
		}
		writeSuite(out, now, cases[:end], seen)
		cases = cases[end:]
	}
	fmt.Fprint(out, "</testsuites>\n")
	return out.Flush()
}

// suiteName is the unit, as text names it. Cases about nothing in particular are our own.
func suiteName(c junitCase) string {
	unit := unitName(clean(c.about.Resource.Account, maxName), clean(c.about.Resource.Region, maxName))
	switch {
	case unit != "":
		return unit
	case c.about.Policy != "":
		return "no account"
	default:
		return "amiscan"
	}
}

func writeSuite(out *bufio.Writer, now time.Time, cases []junitCase, seen map[string]bool) {
	n := countJUnit(cases)
	fmt.Fprintf(out, " <testsuite%s tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"0\" timestamp=\"%s\">\n",
		junitAttribute("name", suiteName(cases[0])), n.tests, n.failures, n.errors, n.skipped, now.UTC().Format(junitTime))
	for _, c := range cases {
		writeCase(out, c, distinct(seen, c))
	}
	fmt.Fprint(out, " </testsuite>\n")
}

// distinct numbers a name that the class already has: subjects may differ in what a reader is never shown.
func distinct(seen map[string]bool, c junitCase) string {
	name := c.name
	for n := 2; seen[c.class+"\x00"+name]; n++ {
		name = fmt.Sprintf("%s (%d)", c.name, n)
	}
	seen[c.class+"\x00"+name] = true
	return name
}

func writeCase(out *bufio.Writer, c junitCase, name string) {
	fmt.Fprintf(out, "  <testcase%s%s time=\"0\"", junitAttribute("name", name), junitAttribute("classname", c.class))
	if c.inner == "" {
		fmt.Fprint(out, "/>\n")
		return
	}
	fmt.Fprintf(out, ">\n%s  </testcase>\n", c.inner)
}

// junitResult is a <failure>, <error> or <skipped>. Jenkins keeps one for each case.
func junitResult(element, kind, message string, lines []string) string {
	return fmt.Sprintf("   <%s%s%s>%s</%s>\n", element, junitAttribute("type", kind),
		junitAttribute("message", clean(message, maxMessage)), xmlLines(lines), element)
}

func junitText(element string, lines []string) string {
	return fmt.Sprintf("   <%s>%s</%s>\n", element, xmlLines(lines), element)
}

func junitAttribute(name, value string) string {
	return fmt.Sprintf(" %s=\"%s\"", name, xmlText(value))
}

func xmlLines(lines []string) string {
	var out []string
	for _, line := range lines {
		out = append(out, xmlText(line))
	}
	return strings.Join(out, "\n")
}

// xmlText takes text that clean has seen. Every line of it may be printed by a pipeline.
func xmlText(text string) string {
	var out strings.Builder
	// A builder takes everything.
	_ = xml.EscapeText(&out, []byte(inert(text)))
	return out.String()
}
