package report

import (
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
)

// openGroups is how many resources are unfolded: the worst ones, as many as a person reads without looking for one.
const openGroups = 10

// maxNotesShown bounds the notes that are listed for one finding.
const maxNotesShown = 5

// failingPart lists what fails within a room of bytes. The first finding that does not fit is the last one looked at, so
// that what is omitted comes after all that is listed.
func (m *markdownReporter) failingPart(failing []*group, room int) string {
	if len(failing) == 0 {
		return ""
	}
	heading := "Failing (" + m.failingHeading(failing) + ")"
	room -= len(heading) + len(omittedLine(1)) + 100
	var parts []string
	omitted := m.omitted()
	for i, g := range failing {
		text, left := foldedGroup(g, i < openGroups, room)
		room -= len(text) + 2
		omitted += left
		parts = append(parts, text)
		if left > 0 {
			omitted += countFindings(failing[i+1:])
			break
		}
	}
	return part(heading, blocks(parts...), omittedLine(omitted))
}

func countFindings(all []*group) int {
	n := 0
	for _, g := range all {
		n += len(g.findings)
	}
	return n
}

// foldedGroup returns what fails for one resource, and how many of its findings had no room.
func foldedGroup(g *group, open bool, room int) (text string, left int) {
	tag, end := "<details>", "\n\n</details>"
	if open {
		tag = "<details open>"
	}
	var out strings.Builder
	out.WriteString(tag + "\n<summary>" + strings.ToUpper(g.findings[0].Severity.String()) + " " +
		harmless(htmlCode(resourceTitle(g.resource))) + "</summary>\n")
	for i, f := range g.findings {
		item := "\n- " + harmless(findingItem(f))
		if out.Len()+len(item)+len(end) > room {
			left = len(g.findings) - i
			break
		}
		out.WriteString(item)
	}
	if left == len(g.findings) {
		return "", left
	}
	return out.String() + end, left
}

func findingItem(f finding.Finding) string {
	message := clean(f.Message, maxMessage)
	item := "**" + f.Severity.String() + "** " + codeText(clean(f.Policy, maxName)) + ": " + prose(message)
	if subject := clean(f.Subject, maxName); subject != "" && !strings.Contains(message, subject) {
		item += "\n  - subject: " + codeText(subject)
	}
	if f.Source != nil {
		item += "\n  - source: " + codeText(sourceText(*f.Source))
	}
	if f.BaselineState != "" {
		item += "\n  - baseline: " + prose(clean(string(f.BaselineState), maxName))
	}
	for _, note := range f.Notes[:min(len(f.Notes), maxNotesShown)] {
		item += "\n  - note: " + prose(clean(note, maxMessage))
	}
	if more := len(f.Notes) - maxNotesShown; more > 0 {
		item += "\n  - " + plural(more, "more note", "more notes")
	}
	return item
}

// howToFix gives sentences as sentences and commands as blocks, so that these can be copied.
func (m *markdownReporter) howToFix(failing []*group) string {
	all := fixes(failing)
	var parts []string
	room := roomForFixes
	for i, fix := range all {
		text := harmless(blocks("**Policy** "+codeText(clean(fix.policy, maxName)), fixText(fix.remediation)))
		if room -= len(text) + 2; room < 0 {
			parts = append(parts, omittedLine(len(all)-i))
			break
		}
		parts = append(parts, text)
	}
	return part("How to fix", parts...)
}

func fixText(remediation string) string {
	var parts, commands []string
	for _, line := range append(fixLines(remediation), fixLine{}) {
		if line.command {
			commands = append(commands, strings.Repeat("  ", count(line.continues))+line.text)
			continue
		}
		if len(commands) > 0 {
			parts = append(parts, fenced("sh", commands))
			commands = nil
		}
		parts = append(parts, prose(line.text))
	}
	return blocks(parts...)
}
