package report

import (
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
)

// helpText is the rule's page as plain text: description, remediation, controls, references.
func helpText(p finding.Policy, description string) string {
	parts := []string{description}
	if fix := cleanLines(p.Remediation); len(fix) > 0 {
		parts = append(parts, "Remediation: "+strings.Join(fix, "\n"))
	}
	if len(p.Controls) > 0 {
		parts = append(parts, "Controls: "+few(p.Controls, len(p.Controls)))
	}
	if len(p.References) > 0 {
		parts = append(parts, "References: "+few(p.References, len(p.References)))
	}
	return strings.Join(parts, "\n\n")
}

// helpMarkdown is the same page as Markdown, which GitHub prefers.
func helpMarkdown(p finding.Policy, description string) string {
	parts := []string{"# " + prose(orElse(clean(p.Title, maxDescription), p.ID)), prose(description)}
	if fix := cleanLines(p.Remediation); len(fix) > 0 {
		parts = append(parts, "## Remediation", markdownFix(fix))
	}
	if len(p.Controls) > 0 {
		parts = append(parts, "## Controls", bullets(p.Controls, codeSpan))
	}
	if len(p.References) > 0 {
		parts = append(parts, "## References", bullets(p.References, link))
	}
	return strings.Join(parts, "\n\n")
}

// markdownFix sets commands as code, so that nothing in them is taken for markup and they can be copied.
func markdownFix(lines []string) string {
	var out []string
	for _, line := range lines {
		trimmed := strings.TrimLeft(line, " ")
		switch {
		case trimmed == "":
		case isCommand(line):
			out = append(out, "    "+trimmed)
		default:
			out = append(out, prose(trimmed))
		}
	}
	return strings.Join(out, "\n\n")
}

func bullets(items []string, format func(string) string) string {
	var lines []string
	for _, item := range items {
		lines = append(lines, "- "+format(clean(item, maxDescription)))
	}
	return strings.Join(lines, "\n")
}

func codeSpan(text string) string { return "`" + strings.ReplaceAll(text, "`", "'") + "`" }

// link makes a link of an https address that ends no Markdown of its own; everything else stays text.
func link(text string) string {
	if strings.HasPrefix(text, "https://") && !strings.ContainsAny(text, "<> ") {
		return "<" + text + ">"
	}
	return prose(text)
}
