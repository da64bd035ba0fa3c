package gate_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/gate"
)

func TestBaseline(t *testing.T) {
	t.Parallel()
	known := &finding.Suppression{Kind: "baseline", Place: "last.json"}
	excepted := &finding.Suppression{Kind: "exception", ID: "e1"}
	milder := func(f *finding.Finding) { f.Severity = finding.Medium }
	tests := []struct {
		name        string
		before, now func(*finding.Finding)
		state       finding.BaselineState
		mark        *finding.Suppression
		notes       []string
	}{
		{"as before", asIs, asIs, finding.BaselineUnchanged, known, nil},
		{"another fingerprint", asIs, func(f *finding.Finding) { f.Fingerprint = "f2" }, finding.BaselineNew, nil, nil},
		{"more severe", milder, asIs, finding.BaselineUpdated, nil, []string{"its severity rose from medium to high since the baseline"}},
		{"milder", asIs, milder, finding.BaselineUnchanged, known, nil},
		{"known from a baseline of its own", func(f *finding.Finding) { f.Suppression = known }, asIs, finding.BaselineUnchanged, known, nil},
		{"accepted by an exception then", func(f *finding.Finding) { f.Suppression = excepted }, asIs, finding.BaselineNew, nil, nil},
		{"accepted by an exception now", asIs, func(f *finding.Finding) { f.Suppression = excepted }, finding.BaselineUnchanged, excepted, nil},
		{"unknown then", func(f *finding.Finding) { f.Outcome = finding.Unknown }, asIs, finding.BaselineNew, nil, nil},
		{"unknown now", asIs, func(f *finding.Finding) { f.Outcome = finding.Unknown }, "", nil, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := failing(test.now)
			gate.NewBaseline("last.json", []finding.Finding{failing(test.before)}).Apply(&f)
			got := []any{f.BaselineState, f.Suppression, f.Notes}
			if diff := cmp.Diff([]any{test.state, test.mark, test.notes}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
