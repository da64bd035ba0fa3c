package report

import (
	"slices"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/amiscan/amiscan/internal/finding"
)

// failing is the result of a failing finding, without its message.
func (s *sarifRun) failing(f finding.Finding) *sarif.Result {
	return s.placed(f).WithKind("fail").WithLevel(level(f.Severity))
}

// placed is what all results have in common.
func (s *sarifRun) placed(f finding.Finding) *sarif.Result {
	result := sarif.NewRuleResult(f.Policy).
		WithRuleIndex(s.rules.index[f.Policy]).
		WithLocations([]*sarif.Location{location(f, s.options)})
	// Properties are set, not added to: go-sarif's Add panics on a fresh result.
	result.Properties = sarif.Properties{"severity": f.Severity.String()}
	if subject := clean(f.Subject, maxName); subject != "" {
		result.Properties["subject"] = subject
	}
	return result
}

// partialFingerprints carry an alert over re-bakes.
func partialFingerprints(key finding.Fingerprint) map[string]any {
	return map[string]any{
		// GitHub uses this one alone; it is "hash:occurrence" in what upload-sarif computes itself.
		"primaryLocationLineHash": string(key) + ":1",
		"amiscan/v1":              string(key),
	}
}

func cleanAll(texts []string) []string {
	var out []string
	for _, text := range texts {
		out = append(out, clean(text, maxName))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
