package report

import (
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// The largest run that amiscan is meant for: what a reporter keeps of it must not grow with it.
const (
	manyAccounts = 2000
	manyRegions  = 17
)

// measuring counts bytes and looks at the heap at the first write after arming: what a format that can't stream has kept and made of
// it is there then.
type measuring struct {
	bytes int
	armed bool
	heap  uint64
}

func (m *measuring) Write(p []byte) (int, error) {
	if m.armed && m.heap == 0 {
		m.heap = heap()
	}
	m.bytes += len(p)
	return len(p), nil
}

func heap() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// TestMemoryOfAnOrganization feeds 300,000 findings over 34,000 units to each format that keeps any, and looks at what is on the heap
// before and at the end. It does not run beside other tests, whose memory it would see.
func TestMemoryOfAnOrganization(t *testing.T) {
	tests := []struct {
		name, format string
		options      Options
		findings     int
		megabytes    uint64
	}{
		{"text", "text", Options{}, manyFindings, 60},
		{"SARIF for code scanning", "sarif", Options{Incomplete: true}, manyFindings, 80},
		{"JUnit", "junit", Options{}, manyFindings, 160},
		{"Markdown", "markdown", Options{}, manyFindings, 60},
		// These keep nothing: a few would show.
		{"JSON", "json", Options{}, manyFindings / 10, 15},
		{"all of SARIF", "sarif", Options{Profile: fullProfile}, manyFindings / 20, 20},
	}
	coverage := organizationCoverage(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out := &measuring{}
			before := heap()
			reporter, err := New(test.format, out, test.options)
			if err != nil {
				t.Fatal(err)
			}
			feed(t, reporter, coverage, test.findings)
			kept := heap()
			out.armed = true
			if err := reporter.End(crowded(coverage)); err != nil {
				t.Fatal(err)
			}
			kept, ending := megabytes(before, kept), megabytes(before, out.heap)
			t.Logf("%d MB before the end, %d MB at the end, %d MB written", kept, ending, out.bytes>>20)
			if kept > test.megabytes || ending > test.megabytes {
				t.Errorf("%d MB before the end and %d MB at the end are more than %d MB", kept, ending, test.megabytes)
			}
			runtime.KeepAlive(reporter)
		})
	}
	runtime.KeepAlive(coverage)
}

func megabytes(before, after uint64) uint64 {
	if after < before {
		return 0
	}
	return (after - before) >> 20
}

// organizationCoverage measures the coverage of 34,000 units with 60 facts.
func organizationCoverage(t *testing.T) *Coverage {
	t.Helper()
	before := heap()
	c := NewCoverage()
	addOrganization(c, manyAccounts, manyRegions, 60)
	if used := megabytes(before, heap()); used > 40 {
		t.Errorf("the coverage takes %d MB", used)
	}
	return c
}

func crowded(coverage *Coverage) Footer {
	footer := sampleFooter(3, "20 accounts not read")
	footer.Coverage = coverage
	return footer
}

// feed writes findings as they come: each with texts of its own, with labels and, one in three, with gaps.
func feed(t *testing.T, reporter Reporter, coverage *Coverage, findings int) {
	t.Helper()
	header := sampleHeader()
	header.Scope = Scope{Accounts: manyAccounts, Units: coverage.Units(), Source: "aws"}
	if err := reporter.Begin(header); err != nil {
		t.Fatal(err)
	}
	units := manyAccounts * manyRegions
	var gaps []finding.Gap
	for i := range findings {
		unit := i * units / findings
		account := fmt.Sprintf("%012d", unit/manyRegions+100000000000)
		if len(gaps) == 0 || gaps[0].Account != account {
			gaps = gapsIn(account)
		}
		if err := reporter.Finding(synthetic(i, account, gaps[unit%manyRegions].Region, gaps)); err != nil {
			t.Fatal(err)
		}
	}
}

func gapsIn(account string) []finding.Gap {
	var gaps []finding.Gap
	for n := range manyRegions {
		gaps = append(gaps, finding.Gap{
			Fact: "copies", Status: "denied", Action: "ec2:DescribeImages", Code: "UnauthorizedOperation", Account: account,
			Region: fmt.Sprint("eu-test-", n),
		})
	}
	return gaps
}

func synthetic(i int, account, region string, gaps []finding.Gap) finding.Finding {
	id := fmt.Sprintf("ami-%017x", i)
	r := finding.Resource{
		Kind: inventory.AMI, ID: id, ARN: "arn:aws:ec2:" + region + "::image/" + id, Partition: "aws", Account: account, Region: region,
		AccountName: "team-" + account, OU: "ou-ab12-" + account, Name: fmt.Sprint("web-", i), Lineage: fmt.Sprint("web", i), Owner: "web",
		Labels: finding.Labels{
			Names: []string{fmt.Sprint("web-", i)}, Tags: map[string]string{"Name": id, "Owner": account, "Stage": strings.Repeat("x", 100)},
		},
	}
	f := failing("lifecycle/ami-untagged", finding.Low, r, "", fmt.Sprintf("The image %s has none of the tags that it needs.", id))
	f.Evidence = json.RawMessage(`{"tags":["` + strings.Repeat("x", 200) + `"]}`)
	switch i % 3 {
	case 1:
		f.Policy, f.Severity = "sharing/ami-public", finding.Critical
	case 2:
		f.Policy, f.Outcome, f.Reason = "encryption/ami-key", finding.Unknown, finding.NotCollected
		f.Gaps = slices.Clone(gaps)
	}
	f.Fingerprint = finding.NewFingerprint(f.Policy, r, "")
	f.AlertKey = finding.NewAlertKey(f.Policy, r, "")
	return f
}
