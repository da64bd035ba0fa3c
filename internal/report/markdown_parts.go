package report

import (
	"strings"
)

// verdict is the first thing that a reader sees: what came of it, where was looked, and the counts.
func (m *markdownReporter) verdict(f Footer) string {
	names, counts := summaryColumns(f.Summary)
	table := strings.Join([]string{
		"| " + strings.Join(names, " | ") + " |",
		strings.Repeat("|---:", len(names)) + "|",
		"| " + strings.Join(counts, " | ") + " |",
	}, "\n")
	against := ""
	if name := clean(m.header.Baseline, maxName); name != "" {
		against = "Held against the baseline " + codeText(name) + "."
	}
	return blocks("# amiscan: "+prose(exitLine(f.Exit)), prose(headline(m.header)), against, table, prose(judged(f.Summary)))
}

func (m *markdownReporter) warnings(f Footer) string {
	var items []string
	for _, all := range [][]string{m.header.Warnings, f.Warnings} {
		for _, warning := range all {
			items = append(items, "**warning:** "+prose(clean(warning, maxMessage)))
		}
	}
	return listing(roomForWarnings, items, 0)
}

func (m *markdownReporter) suppressedPart() string {
	var items []string
	for _, mark := range m.suppressed.sorted() {
		items = append(items, plural(m.suppressed[mark], "finding", "findings")+" by "+prose(suppressionText(mark)))
	}
	return part("Suppressed", listing(roomForSuppressed, items, 0))
}

func (m *markdownReporter) tallied(heading, meaning string, counts tally, room int) string {
	var items []string
	for _, c := range counts.sorted() {
		items = append(items, codeText(clean(c.example.Policy, maxName))+": "+prose(c.text()))
	}
	if len(items) == 0 {
		return ""
	}
	return part(heading, meaning, listing(room, items, 0))
}

func (m *markdownReporter) passingPart() string {
	var items []string
	for _, f := range m.passing {
		where := unitName(clean(f.Resource.Account, maxName), clean(f.Resource.Region, maxName))
		items = append(items, codeText(clean(f.Policy, maxName))+": "+codeText(clean(f.Resource.ID, maxName))+" in "+prose(where))
	}
	if len(items) == 0 {
		return ""
	}
	return part("Passing", "<details>\n<summary>"+plural(len(items)+m.unpassed, "verdict", "verdicts")+"</summary>",
		listing(roomForPassing, items, m.unpassed), "</details>")
}

func (m *markdownReporter) scopePart() string {
	text := outOfScope(m.header)
	if text == "" {
		return ""
	}
	return prose(text)
}
