package report

import (
	"fmt"
	"io"
	"testing"

	"github.com/amiscan/amiscan/internal/finding"
)

// crowd reports n failing findings, of which every tenth is critical.
func crowd(t testing.TB, reporter Reporter, n int) {
	t.Helper()
	if err := reporter.Begin(sampleHeader()); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		f := failing("lifecycle/ami-untagged", finding.Low, image(fmt.Sprintf("ami-%08d", i), "", ""), "", "No tags.")
		if i%10 == 0 {
			f.Policy, f.Severity = "sharing/ami-public", finding.Critical
		}
		if err := reporter.Finding(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := reporter.End(sampleFooter(1, "many")); err != nil {
		t.Fatal(err)
	}
}

func TestResultsOverTheLimit(t *testing.T) {
	t.Parallel()
	s, ok := newSARIF(io.Discard, Options{}).(*sarifReporter)
	if !ok {
		t.Fatal("no sarif reporter")
	}
	s.kept.limit = 50
	crowd(t, s, 200)
	counts := map[string]int{}
	for _, result := range s.results() {
		counts[*result.RuleID]++
	}
	if counts["sharing/ami-public"] != 20 || counts["lifecycle/ami-untagged"] != 30 || s.omitted != 150 {
		t.Errorf("kept %v, omitted %d", counts, s.omitted)
	}
	if len(s.byKey) != 50 {
		t.Errorf("%d keys are remembered for 50 results", len(s.byKey))
	}
	all := s.notifications(Footer{}, "warning")
	last := all[len(all)-1]
	if want := "150 omitted: code scanning takes 25000 results, and the worst were kept."; *last.Message.Text != want {
		t.Errorf("got %q", *last.Message.Text)
	}
}

func TestExactlyTheLimitIsWritten(t *testing.T) {
	t.Parallel()
	counter := &countingWriter{}
	reporter, err := New("sarif", counter, Options{})
	if err != nil {
		t.Fatal(err)
	}
	crowd(t, reporter, maxResults+1000)
	if counter.results != maxResults {
		t.Errorf("%d results, want %d", counter.results, maxResults)
	}
}

// countingWriter counts results by a member that each has once.
type countingWriter struct{ results int }

func (c *countingWriter) Write(p []byte) (int, error) {
	c.results += countOf(p, `"primaryLocationLineHash"`)
	return len(p), nil
}

func TestTooManyRulesAreAnError(t *testing.T) {
	t.Parallel()
	s := spotless()
	for i := range maxRules {
		s.header.Policies = append(s.header.Policies, finding.Policy{ID: fmt.Sprint("crowd/", i), Severity: finding.Low})
	}
	if _, err := s.write("sarif", Options{}); err == nil {
		t.Error("a file that GitHub refuses was written")
	}
}
