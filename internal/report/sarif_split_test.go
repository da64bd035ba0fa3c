package report

import (
	"fmt"
	"slices"
	"testing"

	"github.com/amiscan/amiscan/internal/finding"
)

// writeParts writes findings into n files and returns the files as logs.
func writeParts(t *testing.T, n int, findings []finding.Finding) []any {
	t.Helper()
	files, options := parts(n)
	reporter, err := New("sarif", files[0], options)
	if err != nil {
		t.Fatal(err)
	}
	if err := reporter.Begin(sampleHeader()); err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if err := reporter.Finding(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := reporter.End(sampleFooter(1, "some")); err != nil {
		t.Fatal(err)
	}
	var logs []any
	for _, file := range files {
		logs = append(logs, parse(t, file.Bytes()))
	}
	return logs
}

// homes returns the file of each alert, by its key.
func homes(logs []any) map[any]int {
	found := map[any]int{}
	for i, log := range logs {
		for _, key := range walk(log, "runs[].results[].partialFingerprints.amiscan/v1") {
			found[key] = i
		}
	}
	return found
}

func many(n int) []finding.Finding {
	var all []finding.Finding
	for i := range n {
		all = append(all, failing("sharing/ami-public", finding.Critical, image(fmt.Sprintf("ami-%04d", i), "", ""), "", "It is public."))
	}
	return all
}

// TestAlertsStayInTheirFile: whatever else fails or no longer fails, and in whatever order it comes.
func TestAlertsStayInTheirFile(t *testing.T) {
	t.Parallel()
	all := many(300)
	before := homes(writeParts(t, 3, all))
	kept := slices.Clone(all[100:])
	slices.Reverse(kept)
	after := homes(writeParts(t, 3, kept))
	if len(before) != 300 || len(after) != 200 {
		t.Fatalf("%d alerts, then %d", len(before), len(after))
	}
	sizes := make([]int, 3)
	for key, home := range after {
		sizes[home]++
		if before[key] != home {
			t.Errorf("alert %v moved from %d to %d", key, before[key], home)
		}
	}
	if slices.Min(sizes) < 40 {
		t.Errorf("sizes %v: the files are not used alike", sizes)
	}
}

// TestAllPartsAreWritten: what no longer fails is closed by a file that has nothing in it.
func TestAllPartsAreWritten(t *testing.T) {
	t.Parallel()
	for _, findings := range [][]finding.Finding{nil, many(1), many(50)} {
		logs := writeParts(t, 4, findings)
		var categories []string
		for _, log := range logs {
			for _, refusal := range refusals(log) {
				t.Error(refusal)
			}
			categories = append(categories, fmt.Sprint(walk(log, "runs[].automationDetails.id")[0]))
			if rules := walk(log, "runs[].tool.driver.rules[]"); len(rules) != len(samplePolicies()) {
				t.Errorf("%d rules", len(rules))
			}
		}
		want := []string{
			"amiscan/111122223333/", "amiscan/111122223333-2/", "amiscan/111122223333-3/", "amiscan/111122223333-4/",
		}
		if !slices.Equal(categories, want) {
			t.Errorf("categories %v", categories)
		}
	}
}

func TestPartOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		key         finding.Fingerprint
		parts, want int
	}{
		{"00000000000000ff", 1, 0},
		{"00000000000000ff", 16, 15},
		{"00000000000000ffaa", 16, 15},
		{"ffffffffffffffff", 10, 5},
		{"0100000000000000", 10, 6},
	}
	for _, test := range tests {
		if got, err := partOf(test.key, test.parts); err != nil || got != test.want {
			t.Errorf("%s of %d: got %d, %v", test.key, test.parts, got, err)
		}
	}
	for _, key := range []finding.Fingerprint{"", "00", "what is this, then"} {
		if _, err := partOf(key, 2); err == nil {
			t.Errorf("%q is taken for a digest", key)
		}
	}
}
