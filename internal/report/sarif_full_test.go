package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/amiscan/amiscan/internal/finding"
)

func fullLog(t *testing.T, s sample) any {
	t.Helper()
	return parse(t, s.render(t, "sarif", Options{Profile: fullProfile}))
}

func TestFullHasOneResultForEachFinding(t *testing.T) {
	t.Parallel()
	s := decided()
	var want, got []string
	for _, f := range s.findings {
		kind := map[finding.Outcome]string{finding.Fail: "fail", finding.Pass: "pass", finding.Unknown: "open"}[f.Outcome]
		level := "none"
		if f.Outcome == finding.Fail {
			level = levelOf(f.Severity)
		}
		want = append(want, fmt.Sprint(f.Policy, f.Resource.ID, kind, level, string(f.Fingerprint), f.Suppression != nil))
	}
	for _, result := range walk(fullLog(t, s), "runs[].results[]") {
		got = append(got, fmt.Sprint(walk(result, "ruleId")[0], walk(result, "locations[].logicalLocations[].name")[0],
			walk(result, "kind")[0], walk(result, "level")[0], walk(result, "fingerprints.amiscan/v1")[0],
			len(walk(result, "suppressions[]")) > 0))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
}

// levelOf is what a severity must look like in SARIF, spelt out.
func levelOf(s finding.Severity) string {
	return map[finding.Severity]string{
		finding.Critical: "error", finding.High: "error", finding.Medium: "warning", finding.Low: "note", finding.Info: "note",
	}[s]
}

// TestSuppressionsAreOnAllResults holds section 3.27.23: all results have the member or none.
func TestSuppressionsAreOnAllResults(t *testing.T) {
	t.Parallel()
	log := fullLog(t, decided())
	if all, with := len(walk(log, "runs[].results[]")), len(walk(log, "runs[].results[].suppressions")); all != with {
		t.Errorf("%d of %d results say whether they are suppressed", with, all)
	}
	var got []string
	for _, suppression := range walk(log, "runs[].results[].suppressions[]") {
		got = append(got, fmt.Sprint(walk(suppression, "kind"), walk(suppression, "status"), walk(suppression, "justification"),
			walk(suppression, "location.physicalLocation.artifactLocation.uri"),
			walk(suppression, "location.physicalLocation.region.startLine")))
	}
	told := `: retired in January; owner team-web; ticket SEC-12; expires 2027-01-31; config/amiscan.yaml:12]`
	want := []string{
		`[external] [accepted] [the baseline "last.json"] [] []`,
		`[external] [accepted] [exception "no-permission"` + told + ` [config/amiscan.yaml] [12]`,
		`[external] [accepted] [exception "legacy-web"` + told + ` [config/amiscan.yaml] [12]`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("suppressions (-want +got):\n%s", diff)
	}
}

func TestSuppressionsKeepTheirGUID(t *testing.T) {
	t.Parallel()
	guids := walk(fullLog(t, decided()), "runs[].results[].suppressions[].guid")
	again := walk(fullLog(t, decided()), "runs[].results[].suppressions[].guid")
	if len(guids) != 2 || guids[0] == guids[1] || !slices.Equal(guids, again) {
		t.Errorf("GUIDs %v, then %v", guids, again)
	}
	for _, guid := range guids {
		if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(fmt.Sprint(guid)) {
			t.Errorf("%v is no version 5 UUID", guid)
		}
	}
}

// TestUUID5 is the example of RFC 9562, appendix A.4.
func TestUUID5(t *testing.T) {
	t.Parallel()
	dns := strings.Replace(urlNamespace, "\x11\x9d", "\x10\x9d", 1)
	if got := fmt.Sprintf("%x", uuid5(dns, "www.example.com")); got != "2ed6657de927568b95e12665a8aea6a2" {
		t.Errorf("got %s", got)
	}
}

func TestExceptionPlace(t *testing.T) {
	t.Parallel()
	for place, want := range map[string]string{
		"amiscan.yaml:12": "amiscan.yaml:12", "a b/x.yaml:1": "a%20b/x.yaml:1", "": "", "amiscan.yaml": "", "amiscan.yaml:": "",
		"amiscan.yaml:0": "", "../amiscan.yaml:3": "", "/etc/amiscan.yaml:3": "", "a.yaml:-1": "", ":3": "", "c:/a.yaml:3": "c%3A/a.yaml:3",
	} {
		got := ""
		if location := exceptionPlace(place); location != nil {
			got = fmt.Sprint(*location.PhysicalLocation.ArtifactLocation.URI, ":", *location.PhysicalLocation.Region.StartLine)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", place, got, want)
		}
	}
}

// TestBaselineStateIsOnAllResultsOrNone holds section 3.27.24.
func TestBaselineStateIsOnAllResultsOrNone(t *testing.T) {
	t.Parallel()
	s := decided()
	log := fullLog(t, s)
	counts := map[any]int{}
	for _, state := range walk(log, "runs[].results[].baselineState") {
		counts[state]++
	}
	if all := len(s.findings); counts["new"] != all-2 || counts["updated"] != 1 || counts["unchanged"] != 1 {
		t.Errorf("states %v of %d results", counts, all)
	}
	s.header.Baseline = ""
	if states := walk(fullLog(t, s), "runs[].results[].baselineState"); len(states) > 0 {
		t.Errorf("states %v without a baseline", states)
	}
}

func TestTaxonomies(t *testing.T) {
	t.Parallel()
	log := fullLog(t, decided())
	var got []string
	taxa := map[any][]any{}
	for _, taxonomy := range walk(log, "runs[].taxonomies[]") {
		ids := walk(taxonomy, "taxa[].id")
		got = append(got, fmt.Sprint(walk(taxonomy, "name")[0], ids))
		taxa[walk(taxonomy, "guid")[0]] = ids
	}
	if want := []string{"CIS-Compute-1.0.0[2.1.5]", "FSBP[EC2.1 EC2.10 EC2.7]", "controls[house rule 7]"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	supported := walk(log, "runs[].tool.driver.supportedTaxonomies[].guid")
	if len(supported) != len(taxa) {
		t.Errorf("%d taxonomies are supported, %d are there", len(supported), len(taxa))
	}
	related := 0
	for _, rule := range walk(log, "runs[].tool.driver.rules[]") {
		for _, target := range walk(rule, "relationships[].target") {
			related++
			ids, index := taxa[walk(target, "toolComponent.guid")[0]], number(t, walk(target, "index")[0])
			if index >= len(ids) || ids[index] != walk(target, "id")[0] {
				t.Errorf("rule %v points at nothing: %v", walk(rule, "id")[0], target)
			}
		}
	}
	if related != 3+2+len(samplePolicies())-2 {
		t.Errorf("%d relationships", related)
	}
}

func number(t *testing.T, value any) int {
	t.Helper()
	n, err := value.(interface{ Int64() (int64, error) }).Int64()
	if err != nil {
		t.Fatal(err)
	}
	return int(n)
}

// TestGitHubProfileHasNoTaxonomies keeps what GitHub ignores out of what is uploaded.
func TestGitHubProfileHasNoTaxonomies(t *testing.T) {
	t.Parallel()
	log := parse(t, decided().render(t, "sarif", Options{}))
	for _, path := range []string{"runs[].taxonomies", "runs[].tool.driver.supportedTaxonomies", "runs[].tool.driver.rules[].relationships"} {
		if found := walk(log, path); len(found) > 0 {
			t.Errorf("%s: %v", path, found)
		}
	}
}

// TestFullHoldsNoNulls: go-sarif writes the absent members of suppressions, of references to taxonomies, of taxa and of a
// taxonomy's rules as null, which the schema refuses.
func TestFullHoldsNoNulls(t *testing.T) {
	t.Parallel()
	if bad := nulls(fullLog(t, decided()), "$"); len(bad) > 0 {
		t.Error(bad)
	}
	naive := &sarif.ToolComponent{Name: "FSBP", Taxa: []*sarif.ReportingDescriptor{{ID: "EC2.7"}}}
	naive.AddSupportedTaxonomie(sarif.NewToolComponentReference().WithName("FSBP"))
	tree, err := pruned(naive)
	if bad := nulls(tree, "$"); err != nil || len(bad) > 0 {
		t.Error(bad, err)
	}
}

// TestFullStreams: every result is out of memory before the next one comes, but for a buffer.
func TestFullStreams(t *testing.T) {
	t.Parallel()
	count := new(byteCounter)
	reporter, err := New("sarif", count, Options{Profile: fullProfile})
	if err != nil {
		t.Fatal(err)
	}
	if err := reporter.Begin(sampleHeader()); err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		before := *count
		for range 20 {
			f := failing("sharing/ami-public", finding.Critical, image(fmt.Sprint("ami-", i), "", ""), "", "It is public.")
			if err := reporter.Finding(f); err != nil {
				t.Fatal(err)
			}
		}
		if *count == before {
			t.Fatalf("nothing was written of findings %d to %d", i*20, i*20+19)
		}
	}
}

type byteCounter int

func (b *byteCounter) Write(p []byte) (int, error) {
	*b += byteCounter(len(p))
	return len(p), nil
}
