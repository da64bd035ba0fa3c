package report

import (
	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/amiscan/amiscan/internal/finding"
)

// sarifFull writes everything that is known, one result for each finding, for archives and for readers that know all of
// SARIF. It is a stream without a limit: GitHub would open an alert for each suppressed result and refuse the rest.
type sarifFull struct {
	sarifRun
	out *logWriter
}

func (s *sarifFull) Begin(h Header) error {
	if err := s.begin(h); err != nil {
		return err
	}
	run := s.describe(1)
	controls := newTaxonomies(h.Policies)
	run.Taxonomies = controls.components
	run.Tool.Driver.SupportedTaxonomies = controls.references
	return s.out.begin(run, controls.relationships)
}

func (s *sarifFull) Finding(f finding.Finding) error {
	if err := s.see(f); err != nil {
		return err
	}
	result := s.result(f)
	if err := checkResult(result, s.rules.descriptors); err != nil {
		return err
	}
	// go-sarif leaves an empty list out, but either all results have one or none (section 3.27.23): an empty list says
	// that this result was held against the exceptions, too.
	return s.out.result(result, map[string]any{"suppressions": []any{}})
}

func (s *sarifFull) End(f Footer) error {
	s.gaps.cover(f.Coverage)
	return s.out.end(s.invocation(f, 0))
}

func (s *sarifFull) result(f finding.Finding) *sarif.Result {
	result := s.judged(f).
		WithMessage(sarif.NewTextMessage(message(f))).
		WithPartialFingerPrints(partialFingerprints(alertKey(f)))
	if f.Fingerprint != "" {
		result.WithFingerPrints(map[string]any{"amiscan/v1": string(f.Fingerprint)})
	}
	if f.Suppression != nil {
		result.AddSuppression(s.suppression(*f.Suppression))
	}
	if s.header.Baseline != "" {
		result.WithBaselineState(string(baselineState(f)))
	}
	return result
}

// judged gives a result its kind. Only what fails has a level (section 3.27.10). "open" is SARIF's word for a rule that
// was asked and had too little to decide by (section 3.27.9); "review" would say that a person can decide it by looking,
// but it is permissions or data that are missing.
func (s *sarifFull) judged(f finding.Finding) *sarif.Result {
	switch f.Outcome {
	case finding.Pass:
		return s.placed(f).WithKind("pass").WithLevel("none")
	case finding.Unknown:
		result := s.placed(f).WithKind("open").WithLevel("none")
		result.Properties["reason"] = string(f.Reason)
		if actions := gapActions(f.Gaps); len(actions) > 0 {
			result.Properties["actions"] = actions
		}
		return result
	default:
		return s.failing(f)
	}
}

// gapActions are the IAM actions that would decide a finding.
func gapActions(gaps []finding.Gap) []string {
	var actions []string
	for _, gap := range gaps {
		if gap.Action != "" {
			actions = append(actions, gap.Action)
		}
	}
	return cleanAll(actions)
}

// baselineState gives every result a state, because either all have one or none (section 3.27.24). A baseline holds what
// failed. Of anything else it can't be said that the earlier run detected it, which "unchanged" and "updated" claim, so it
// is new: a reader who skips what is unchanged then never skips a verdict that nobody has seen.
func baselineState(f finding.Finding) finding.BaselineState {
	if f.BaselineState != "" {
		return f.BaselineState
	}
	return finding.BaselineNew
}
