package finding_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/finding"
)

// ladder is a list of findings in the order of reports; each differs from the one before in the next weaker key.
func ladder() []finding.Finding {
	f := func(account, region, kind, id, policy, subject string, o finding.Outcome, message string) finding.Finding {
		return finding.Finding{
			Resource: finding.Resource{Account: account, Region: region, Kind: kind, ID: id}, Policy: policy,
			Subject: subject, Outcome: o, Message: message,
		}
	}
	return []finding.Finding{
		f("1", "a", "ami", "i", "p", "s", finding.Fail, "m"),
		f("1", "a", "ami", "i", "p", "s", finding.Fail, "n"),
		f("1", "a", "ami", "i", "p", "s", finding.Unknown, "a"),
		f("1", "a", "ami", "i", "p", "t", finding.Fail, "a"),
		f("1", "a", "ami", "i", "q", "a", finding.Fail, "a"),
		f("1", "a", "ami", "j", "a", "a", finding.Fail, "a"),
		f("1", "a", "snapshot", "a", "a", "a", finding.Fail, "a"),
		f("1", "b", "ami", "a", "a", "a", finding.Fail, "a"),
		f("2", "a", "ami", "a", "a", "a", finding.Fail, "a"),
	}
}

// TestCompareIsTotal sorts every shuffle back into the one order.
func TestCompareIsTotal(t *testing.T) {
	t.Parallel()
	want := ladder()
	for seed := range uint64(50) {
		got := ladder()
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		slices.SortFunc(got, finding.Compare)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d:\n%s", seed, diff)
		}
	}
	for i, a := range want {
		for j, b := range want {
			if got, want := sign(finding.Compare(a, b)), sign(i-j); got != want {
				t.Errorf("Compare(%d, %d) = %d, want %d", i, j, got, want)
			}
		}
	}
}

func sign(n int) int { return max(-1, min(1, n)) }

// TestSeverityText reads back what it writes and refuses everything else.
func TestSeverityText(t *testing.T) {
	t.Parallel()
	for i, severity := range finding.Severities() {
		text, err := json.Marshal(severity)
		if err != nil {
			t.Fatal(err)
		}
		var back finding.Severity
		if err := json.Unmarshal(text, &back); err != nil || back != severity {
			t.Errorf("%s came back as %v: %v", text, back, err)
		}
		if i > 0 && severity >= finding.Severities()[i-1] {
			t.Errorf("%v does not stand below %v", severity, finding.Severities()[i-1])
		}
	}
	for _, bad := range []string{"", "High", "none", "invalid", "blocker"} {
		if _, err := finding.ParseSeverity(bad); err == nil {
			t.Errorf("severity %q was accepted", bad)
		}
	}
	if _, err := json.Marshal(finding.Severity(0)); err == nil || finding.Severity(0).String() != "invalid" {
		t.Error("the zero severity was written")
	}
}

// TestOutcomeText reads back what it writes and refuses everything else.
func TestOutcomeText(t *testing.T) {
	t.Parallel()
	for _, outcome := range []finding.Outcome{finding.Fail, finding.Unknown, finding.Pass} {
		text, err := json.Marshal(outcome)
		if err != nil {
			t.Fatal(err)
		}
		var back finding.Outcome
		if err := json.Unmarshal(text, &back); err != nil || back != outcome {
			t.Errorf("%s came back as %v: %v", text, back, err)
		}
	}
	var outcome finding.Outcome
	if err := outcome.UnmarshalText([]byte("ok")); err == nil {
		t.Error("outcome \"ok\" was accepted")
	}
	if _, err := json.Marshal(finding.Outcome(0)); err == nil || finding.Outcome(9).String() != "invalid" {
		t.Error("an outcome that is none was written")
	}
}

// TestReasons says which unknowns make a run incomplete.
func TestReasons(t *testing.T) {
	t.Parallel()
	want := map[finding.Reason]bool{
		finding.NotCollected: true, finding.EvaluationError: true, finding.Undecidable: false, "": false,
	}
	for reason, incomplete := range want {
		if reason.Incomplete() != incomplete {
			t.Errorf("%q: incomplete is %t, want %t", reason, !incomplete, incomplete)
		}
	}
}
