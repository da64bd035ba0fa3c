package report

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"regexp"
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
	s, ok := newSARIF(io.Discard, Options{}).(*sarifGitHub)
	if !ok {
		t.Fatal("no sarif reporter")
	}
	part := s.parts[0]
	part.kept.limit = 50
	crowd(t, s, 200)
	counts := map[string]int{}
	for _, result := range s.results(part) {
		counts[*result.RuleID]++
	}
	if counts["sharing/ami-public"] != 20 || counts["lifecycle/ami-untagged"] != 30 || part.omitted != 150 {
		t.Errorf("kept %v, omitted %d", counts, part.omitted)
	}
	if len(part.byKey) != 50 {
		t.Errorf("%d keys are remembered for 50 results", len(part.byKey))
	}
	all := s.notifications(part.omitted, "warning")
	last := all[len(all)-1]
	if want := "150 omitted: code scanning shows 5000 results, and the worst were kept."; *last.Message.Text != want {
		t.Errorf("got %q", *last.Message.Text)
	}
}

// TestTooManyFindings writes 30,000 alerts, in one file and in four: what GitHub takes is never exceeded, nothing is lost
// that has room, and an alert never stands in two files.
func TestTooManyFindings(t *testing.T) {
	t.Parallel()
	const findings = 30000
	for _, test := range []struct{ split, want int }{{1, maxResults}, {4, 4 * maxResults}, {8, findings}} {
		t.Run(fmt.Sprint(test.split), func(t *testing.T) {
			t.Parallel()
			files, options := parts(test.split)
			reporter, err := New("sarif", files[0], options)
			if err != nil {
				t.Fatal(err)
			}
			crowd(t, reporter, findings)
			hashes, results := map[string]bool{}, 0
			for i, file := range files {
				// Each result has one of these; a pattern finds them sooner than a parser.
				found := lineHash.FindAllString(file.String(), -1)
				if len(found) > maxResults {
					t.Errorf("file %d has %d results", i, len(found))
				}
				if size := gzipped(t, file.Bytes()); size > 10_000_000 {
					t.Errorf("file %d is %d bytes when compressed", i, size)
				}
				results += len(found)
				for _, hash := range found {
					hashes[hash] = true
				}
			}
			if results != test.want || len(hashes) != test.want {
				t.Errorf("%d results, %d alerts, want %d", results, len(hashes), test.want)
			}
		})
	}
}

var lineHash = regexp.MustCompile(`"primaryLocationLineHash": "[0-9a-f]{64}:1"`)

// parts are so many files in memory, the first and those of the options.
func parts(n int) ([]*bytes.Buffer, Options) {
	files := []*bytes.Buffer{{}}
	options := Options{Split: n}
	for range n - 1 {
		file := &bytes.Buffer{}
		files, options.Parts = append(files, file), append(options.Parts, file)
	}
	return files, options
}

func gzipped(t *testing.T, text []byte) int {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
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
