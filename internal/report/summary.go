package report

import "github.com/amiscan/amiscan/internal/finding"

// Summary counts what was judged.
type Summary struct {
	// Resources counts the judged resources by kind.
	Resources map[string]int `json:"resources"`
	Findings  Counts         `json:"findings"`
	// BySeverity counts failing findings that are not suppressed.
	BySeverity map[finding.Severity]int `json:"by_severity"`
}

// Counts counts findings by outcome.
type Counts struct {
	// Fail, Pass and Unknown count all findings of that outcome, suppressed ones included.
	Fail    int `json:"fail"`
	Pass    int `json:"pass"`
	Unknown int `json:"unknown"`
	// NotApplicable counts pairs of policy and resource for which the policy has nothing to say.
	NotApplicable int `json:"not_applicable"`
	// Suppressed counts those of Fail and Unknown that an exception or a baseline accepts.
	Suppressed int `json:"suppressed"`
}

// Count adds one finding to the counts by outcome and severity. Resources and not-applicable pairs have no findings of
// their own; whoever evaluates counts them.
func (s *Summary) Count(f finding.Finding) {
	switch f.Outcome {
	case finding.Fail:
		s.Findings.Fail++
	case finding.Unknown:
		s.Findings.Unknown++
	case finding.Pass:
		s.Findings.Pass++
	}
	if f.Suppression != nil && f.Outcome != finding.Pass {
		s.Findings.Suppressed++
	}
	if f.Outcome == finding.Fail && f.Suppression == nil {
		s.countSeverity(f.Severity)
	}
}

func (s *Summary) countSeverity(severity finding.Severity) {
	if s.BySeverity == nil {
		s.BySeverity = map[finding.Severity]int{}
	}
	s.BySeverity[severity]++
}
