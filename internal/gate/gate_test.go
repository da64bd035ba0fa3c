package gate_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/gate"
)

// seen is one run as a tally sees it.
type seen struct {
	interrupted, unread, unknown, undecidable, empty, notFound, failing bool
	allowPartial, allowEmpty                                            bool
}

// tally plays the run.
func (s seen) tally() *gate.Tally {
	t := gate.NewTally(gate.Options{FailOn: finding.High, AllowPartial: s.allowPartial, AllowEmpty: s.allowEmpty})
	resource := finding.Resource{Account: "111122223333", Region: "eu-west-1"}
	if s.interrupted {
		t.Interrupt()
	}
	if s.unread {
		t.Unread("111122223333/eu-central-1")
	}
	if s.unknown {
		t.Add(finding.Finding{Outcome: finding.Unknown, Reason: finding.NotCollected, Severity: finding.Low, Resource: resource})
	}
	if s.undecidable {
		t.Add(finding.Finding{Outcome: finding.Unknown, Reason: finding.Undecidable, Severity: finding.High, Resource: resource})
	}
	if !s.empty {
		t.AddResources(2)
	}
	if s.notFound {
		t.NotFound("image was not found")
	}
	if s.failing {
		t.Add(finding.Finding{Outcome: finding.Fail, Severity: finding.High, Resource: resource})
	}
	return t
}

// want is the table of exit codes, read from the top: the first that holds wins.
func (s seen) want() gate.Code {
	switch {
	case s.interrupted:
		return gate.Interrupted
	case (s.unread || s.unknown) && !s.allowPartial:
		return gate.Incomplete
	case (s.empty || s.notFound) && !s.allowEmpty:
		return gate.Empty
	case s.failing:
		return gate.Failed
	}
	return gate.Clean
}

// TestEveryCombination plays all 512 runs.
func TestEveryCombination(t *testing.T) {
	t.Parallel()
	for bits := range 1 << 9 {
		bit := func(i int) bool { return bits&(1<<i) != 0 }
		s := seen{bit(0), bit(1), bit(2), bit(3), bit(4), bit(5), bit(6), bit(7), bit(8)}
		got := s.tally().Verdict()
		if got.Code != s.want() {
			t.Errorf("%+v: code %d, want %d", s, got.Code, s.want())
		}
		if got.Reason == "" {
			t.Errorf("%+v: no reason", s)
		}
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		run  seen
		want string
	}{
		{"clean", seen{}, "nothing at or above high"},
		{"failing", seen{failing: true}, "1 high"},
		{"incomplete", seen{unknown: true}, "1 unit incomplete: 1 verdict unknown"},
		{"incomplete and failing", seen{unknown: true, failing: true}, "1 unit incomplete: 1 verdict unknown; also 1 high"},
		{"a unit is missing", seen{unread: true}, "1 unit incomplete: nothing read of 111122223333/eu-central-1"},
		{
			"a unit is missing and another has gaps", seen{unread: true, unknown: true},
			"2 units incomplete: 1 verdict unknown, nothing read of 111122223333/eu-central-1",
		},
		{"interrupted", seen{interrupted: true, failing: true}, "interrupted; also 1 high"},
		{"empty", seen{empty: true}, "the selection matched no resource"},
		{"not found", seen{notFound: true, failing: true}, "image was not found; also 1 high"},
		{
			"a gap that was allowed", seen{unknown: true, allowPartial: true},
			"nothing at or above high; 1 unit incomplete: 1 verdict unknown, which was allowed",
		},
		{
			"nothing there, which was allowed", seen{empty: true, allowEmpty: true},
			"nothing at or above high; the selection matched no resource, which was allowed",
		},
		{"undecidable is nobody's fault", seen{undecidable: true}, "nothing at or above high"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, test.run.tally().Verdict().Reason); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestThreshold counts only what is failing, unsuppressed and bad enough.
func TestThreshold(t *testing.T) {
	t.Parallel()
	fails := func(s finding.Severity) finding.Finding { return finding.Finding{Outcome: finding.Fail, Severity: s} }
	suppressed := fails(finding.Critical)
	suppressed.Suppression = &finding.Suppression{Kind: "exception"}
	hidden := finding.Finding{
		Outcome: finding.Unknown, Reason: finding.NotCollected, Suppression: &finding.Suppression{Kind: "exception"},
	}
	broken := finding.Finding{Outcome: finding.Unknown, Reason: finding.EvaluationError}
	tests := []struct {
		name   string
		failOn finding.Severity
		found  []finding.Finding
		want   gate.Verdict
	}{
		{"at the threshold", finding.Medium, []finding.Finding{fails(finding.Medium)}, gate.Verdict{Code: 1, Reason: "1 medium"}},
		{
			"below the threshold", finding.High, []finding.Finding{fails(finding.Medium)},
			gate.Verdict{Code: 0, Reason: "nothing at or above high; also 1 medium"},
		},
		{
			"no threshold", 0, []finding.Finding{fails(finding.Critical), fails(finding.Low)},
			gate.Verdict{Code: 0, Reason: "nothing fails the run; also 1 critical, 1 low"},
		},
		{"suppressed", finding.Info, []finding.Finding{suppressed}, gate.Verdict{Code: 0, Reason: "nothing at or above info; 1 suppressed"}},
		{"an accepted gap", finding.Info, []finding.Finding{hidden}, gate.Verdict{Code: 0, Reason: "nothing at or above info; 1 suppressed"}},
		{
			"an evaluation error", 0, []finding.Finding{broken},
			gate.Verdict{Code: 3, Reason: "1 unit incomplete: 1 verdict unknown"},
		},
		{"a pass", finding.Info, []finding.Finding{{Outcome: finding.Pass, Severity: finding.Critical}},
			gate.Verdict{Code: 0, Reason: "nothing at or above info"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tally := gate.NewTally(gate.Options{FailOn: test.failOn})
			tally.AddResources(1)
			for _, f := range test.found {
				tally.Add(f)
			}
			if diff := cmp.Diff(test.want, tally.Verdict()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestWorse holds the precedence 2, 130, 3, 4, 1, 0 for every pair, in both orders.
func TestWorse(t *testing.T) {
	t.Parallel()
	order := []gate.Code{gate.Unusable, gate.Interrupted, gate.Incomplete, gate.Empty, gate.Failed, gate.Clean}
	for i, worse := range order {
		for _, better := range order[i:] {
			a, b := gate.Verdict{Code: worse}, gate.Verdict{Code: better}
			if gate.Worse(a, b).Code != worse || gate.Worse(b, a).Code != worse {
				t.Errorf("%d does not outweigh %d", worse, better)
			}
		}
	}
}

// TestMissingUnitsAreNamed names the first few units only.
func TestMissingUnitsAreNamed(t *testing.T) {
	t.Parallel()
	tally := gate.NewTally(gate.Options{})
	for _, unit := range []string{"1/e", "1/a", "1/c", "1/b", "1/d"} {
		tally.Unread(unit)
	}
	want := gate.Verdict{Code: gate.Incomplete, Reason: "5 units incomplete: nothing read of 1/a, 1/b, 1/c and 2 more"}
	if diff := cmp.Diff(want, tally.Verdict()); diff != "" {
		t.Error(diff)
	}
}
