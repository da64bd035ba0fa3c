package report

import (
	"fmt"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
)

// junitDetails are the lines behind the message. GitLab shows them and not the message, which is why that comes again.
func junitDetails(f finding.Finding) []string {
	lines := []string{clean(f.Message, maxMessage), "resource: " + resourceTitle(f.Resource)}
	add := func(label, text string, limit int) {
		if text = clean(text, limit); text != "" {
			lines = append(lines, label+": "+text)
		}
	}
	add("arn", f.Resource.ARN, maxMessage)
	add("subject", f.Subject, maxName)
	for _, missing := range f.Gaps[:min(len(f.Gaps), maxGapLines)] {
		add("not seen", gapLine(missing), maxMessage)
	}
	if more := len(f.Gaps) - maxGapLines; more > 0 {
		lines = append(lines, fmt.Sprintf("not seen: %d more", more))
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
	one := &gap{gapKey: gapKey{g.Action, g.Status}, codes: set{}}
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
