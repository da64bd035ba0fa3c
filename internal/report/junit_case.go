package report

import (
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// junitState is what becomes of one case.
type junitState int

const (
	junitPassed junitState = iota
	junitFailed
	junitBroken
	junitSkipped
)

// junitCase is one <testcase>. Readers know it by class and name, so neither holds anything that changes from one run to
// the next.
type junitCase struct {
	// about decides on suite and order.
	about finding.Finding
	class string
	name  string
	state junitState
	// inner is what stands in the element, as XML.
	inner string
}

// size is about what the case takes in the file.
func (c junitCase) size() int { return len(c.class) + len(c.name) + len(c.inner) + 64 }

// junitStateOf: an error is what could not be judged, and what is accepted or can't be known by anybody is skipped.
func junitStateOf(f finding.Finding) junitState {
	switch {
	case f.Outcome == finding.Pass:
		return junitPassed
	case f.Suppression != nil || f.Outcome == finding.Unknown && f.Reason == finding.Undecidable:
		return junitSkipped
	case f.Outcome == finding.Unknown:
		return junitBroken
	default:
		return junitFailed
	}
}

// findingCase makes a case of a finding. The subject is part of the name: GitLab drops all but one of equal cases.
func findingCase(f junitFinding, title string) junitCase {
	name := clean(f.Policy, maxName)
	if title = clean(title, maxName); title != "" {
		name += " " + title
	}
	if subject := clean(f.Subject, maxName); subject != "" {
		name += " [" + subject + "]"
	}
	c := junitCase{about: f.Finding, class: junitClass(f.Resource), name: name, state: junitStateOf(f.Finding)}
	message := orElse(clean(f.Message, maxMessage), name)
	switch c.state {
	case junitFailed:
		c.inner = junitResult("failure", f.Severity.String(), message, junitDetails(f))
	case junitBroken:
		c.inner = junitResult("error", string(f.Reason), message, junitDetails(f))
	case junitSkipped:
		c.inner = junitResult("skipped", skippedBecause(f.Finding), skippedMessage(f.Finding, message), junitDetails(f))
	case junitPassed:
	}
	return c
}

func skippedBecause(f finding.Finding) string {
	if f.Suppression != nil {
		return orElse(clean(f.Suppression.Kind, maxName), finding.ByException)
	}
	return string(f.Reason)
}

// skippedMessage says first why the case is skipped: some readers show no more than the message.
func skippedMessage(f finding.Finding, message string) string {
	if f.Suppression == nil {
		return message
	}
	return "suppressed by " + suppressionText(*f.Suppression)
}

// junitClass makes a path of account, region and resource, which Jenkins shows as package and class: it cuts at dots.
func junitClass(r finding.Resource) string {
	id := r.ID
	if r.Kind == inventory.Settings {
		// The id of settings is account and region, which stand before.
		id = r.Kind
	}
	return junitPath(r.Account, r.Region, id)
}

func junitPath(parts ...string) string {
	path := "amiscan"
	for _, part := range parts {
		if part = strings.ReplaceAll(clean(part, maxName), ".", "_"); part != "" {
			path += "." + part
		}
	}
	return path
}
