package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
)

// junitFinding is what is kept of a finding.
type junitFinding struct {
	finding.Finding
	// moreGaps counts the gaps that are not kept.
	moreGaps int
}

// keptForJUnit leaves out what no case shows.
func keptForJUnit(f finding.Finding) junitFinding {
	more := max(len(f.Gaps)-maxGapLines, 0)
	f.Evidence, f.Resource.Labels = nil, finding.Labels{}
	f.Gaps = slices.Clone(f.Gaps[:len(f.Gaps)-more])
	return junitFinding{f, more}
}

// junitDetails are the lines behind the message. GitLab shows them and not the message, which is why that comes again.
func junitDetails(f junitFinding) []string {
	lines := []string{clean(f.Message, maxMessage), "resource: " + resourceTitle(f.Resource)}
	add := func(label, text string, limit int) {
		if text = clean(text, limit); text != "" {
			lines = append(lines, label+": "+text)
		}
	}
	add("arn", f.Resource.ARN, maxMessage)
	add("subject", f.Subject, maxName)
	for _, missing := range f.Gaps {
		add("not seen", gapLine(missing), maxMessage)
	}
	if f.moreGaps > 0 {
		lines = append(lines, "not seen: "+digits(f.moreGaps)+" more")
	}
	for _, note := range f.Notes {
		add("note", note, maxMessage)
	}
	add("baseline", string(f.BaselineState), maxName)
	if f.Source != nil {
		add("source", sourceText(*f.Source), maxMessage)
	}
	if f.Outcome == finding.Fail && f.Suppression == nil {
		lines = append(lines, junitFix(f.Remediation)...)
	}
	return lines
}

// maxGapLines bounds the gaps listed for one finding: a linked fact can miss from every unit of an organization.
const maxGapLines = 10

// gapLine says what one gap is: the action, what came of it, and where.
func gapLine(g finding.Gap) string {
	one := &gap{gapKey: gapKey{action: g.Action, status: g.Status}, codes: set{}}
	one.codes.add(g.Code)
	text := gapTitle(one) + ", for " + clean(g.Fact, maxName)
	if where := unitName(clean(g.Account, maxName), clean(g.Region, maxName)); where != "" {
		text += " in " + where
	}
	return text
}

func sourceText(s finding.Source) string {
	return fmt.Sprintf("%s:%d", clean(s.Path, maxMessage), s.Line)
}

func junitFix(remediation string) []string {
	lines := fixLines(remediation)
	if len(lines) == 0 {
		return nil
	}
	out := []string{"fix:"}
	for _, line := range lines {
		out = append(out, strings.Repeat(" ", 2+2*count(line.continues))+line.text)
	}
	return out
}
