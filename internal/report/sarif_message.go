package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
)

// message holds everything that a reader on GitHub must see, since it shows nothing else of a result. Lists show the
// first sentence alone: that is the policy's message.
func message(f finding.Finding, more ...string) string {
	parts := []string{sentence(orElse(clean(f.Message, maxMessage), verdict(f)))}
	for _, note := range f.Notes[:min(len(f.Notes), maxAlertNotes)] {
		parts = append(parts, sentence(clean(note, maxMessage)))
	}
	parts = append(append(parts, whereabouts(f.Resource)), more...)
	if fix := cleanLines(f.Remediation); len(fix) > 0 && f.Outcome != finding.Pass {
		parts = append(parts, "Remediation: "+strings.Join(fix, "\n"))
	}
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
	return unlinked(strings.Join(parts, " "))
}

// verdict stands in for a message that a policy does not give.
func verdict(f finding.Finding) string {
	switch f.Outcome {
	case finding.Pass:
		return "Policy " + f.Policy + " passes"
	case finding.Unknown:
		return "Policy " + f.Policy + " can't be decided"
	default:
		return "Policy " + f.Policy + " fails"
	}
}

func whereabouts(r finding.Resource) string {
	text := "Resource " + clean(orElse(r.ARN, r.ID), maxMessage)
	if name := clean(r.Name, maxName); name != "" {
		text += fmt.Sprintf(" named %q", name)
	}
	text += " in account " + named(r.Account, r.AccountName)
	if region := clean(r.Region, maxName); region != "" {
		text += ", region " + region
	}
	if owner := clean(r.Owner, maxName); owner != "" {
		text += ", owner " + owner
	}
	return text + "."
}

// sentence ends a text with a full stop, unless it ends a sentence already.
func sentence(text string) string {
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?") {
		return text
	}
	return text + "."
}

// unlinked keeps a stranger's text from becoming a link: SARIF reads [text](target) in plain messages and escapes
// brackets and backslashes with a backslash (section 3.11.6).
func unlinked(text string) string {
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`).Replace(text)
}
