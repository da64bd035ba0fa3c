package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/amiscan/amiscan/internal/finding"
)

// maxOthers bounds the ids of further images that one result names.
const maxOthers = 100

// alert is everything that fails under one alert key: the bakes of one lineage, or a single resource.
type alert struct {
	key    finding.Fingerprint
	newest finding.Finding
	count  int
	others []string
}

// alertKey falls back to computing the key, so that no result goes without one.
func alertKey(f finding.Finding) finding.Fingerprint {
	if f.AlertKey != "" {
		return f.AlertKey
	}
	return finding.NewAlertKey(f.Policy, f.Resource, f.Subject)
}

func newAlert(key finding.Fingerprint, f finding.Finding) *alert {
	f.Evidence = nil
	return &alert{key: key, newest: f, count: 1}
}

// merge adds another bake. The one that looks newest is shown, whatever the order of the ids, which are random.
func (a *alert) merge(f finding.Finding) {
	f.Evidence = nil
	a.count++
	severity := max(a.newest.Severity, f.Severity)
	older := f
	if newer(f.Resource, a.newest.Resource) {
		older, a.newest = a.newest, f
	}
	a.newest.Severity = severity
	if len(a.others) < maxOthers && older.Resource.ID != a.newest.Resource.ID {
		a.others = append(a.others, older.Resource.ID)
	}
}

// newer compares bakes by name, because names carry dates and versions: numbers count as numbers, so that web-10 is
// newer than web-9. Of equal names the one that came later is taken.
func newer(a, b finding.Resource) bool { return compareNatural(a.Name, b.Name) >= 0 }

// results returns one result for each alert, ordered by rule, resource and subject.
func (s *sarifReporter) results() []*sarif.Result {
	alerts := s.kept.all()
	slices.SortFunc(alerts, func(a, b *alert) int {
		return cmp.Or(cmp.Compare(a.newest.Policy, b.newest.Policy), finding.Compare(a.newest, b.newest))
	})
	results := make([]*sarif.Result, 0, len(alerts))
	for _, a := range alerts {
		results = append(results, s.result(a))
	}
	return results
}

func (s *sarifReporter) result(a *alert) *sarif.Result {
	result := sarif.NewRuleResult(a.newest.Policy).
		WithRuleIndex(s.rules.index[a.newest.Policy]).
		WithKind("fail").
		WithLevel(level(a.newest.Severity)).
		WithMessage(sarif.NewTextMessage(resultMessage(a))).
		WithLocations([]*sarif.Location{location(a.newest.Resource)}).
		WithOccurrenceCount(a.count).
		WithPartialFingerPrints(map[string]any{
			// GitHub uses this one alone; it is "hash:occurrence" in what upload-sarif computes itself.
			"primaryLocationLineHash": string(a.key) + ":1",
			"amiscan/v1":              string(a.key),
		})
	result.Properties = sarif.Properties{"severity": a.newest.Severity.String()}
	if subject := clean(a.newest.Subject, maxName); subject != "" {
		result.Properties["subject"] = subject
	}
	if len(a.others) > 0 {
		result.Properties["others"] = cleanAll(a.others)
	}
	return result
}

func cleanAll(texts []string) []string {
	var out []string
	for _, text := range texts {
		out = append(out, clean(text, maxName))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// resultMessage holds everything that a reader on GitHub must see, since it shows nothing else of a result. Lists show
// the first sentence alone: that is the policy's message.
func resultMessage(a *alert) string {
	f := a.newest
	first := orElse(clean(f.Message, maxMessage), "Policy "+f.Policy+" fails")
	parts := []string{sentence(first), whereabouts(f.Resource)}
	if a.count > 1 {
		parts = append(parts, fmt.Sprintf("The same holds for %s of lineage %s.",
			plural(a.count-1, "other", "others"), clean(f.Resource.Lineage, maxName)))
	}
	if fix := cleanLines(f.Remediation); len(fix) > 0 {
		parts = append(parts, "Remediation: "+strings.Join(fix, "\n"))
	}
	return unlinked(strings.Join(parts, " "))
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
