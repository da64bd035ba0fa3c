package eval_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

var update = flag.Bool("update", false, "rewrite golden files")

// sample is one linked document of testdata/samples.
type sample struct {
	Kind  string                    `json:"-"`
	Name  string                    `json:"name"`
	ID    string                    `json:"id"`
	ARN   string                    `json:"arn"`
	Facts map[string]inventory.Fact `json:"facts"`
}

// document gives the sample an id of its own, so that the findings of many can be told apart.
func (s sample) document(id string) link.Document {
	r := inventory.NewResource(s.Kind, unit, id)
	r.ARN, r.Facts = s.ARN, s.Facts
	return link.Document{Resource: r}
}

// with is the sample with one fact replaced.
func (s sample) with(name string, fact inventory.Fact) sample {
	s.Facts = maps.Clone(s.Facts)
	s.Facts[name] = fact
	return s
}

func readSamples(t testing.TB, kind string) []sample {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "testdata", "samples", kind+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []sample
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		s := sample{Kind: kind}
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatalf("%s.jsonl:%d: %v", kind, len(all)+1, err)
		}
		all = append(all, s)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// judgeSamples judges many samples at once, by the given policies or by all,
// and returns the outcome of each by policy.
func judgeSamples(t testing.TB, engine *eval.Engine, samples []sample, policies ...string) []map[string]outcome {
	t.Helper()
	documents, place := []link.Document{}, map[string]int{}
	for i, s := range samples {
		id := fmt.Sprintf("%s-%06d", s.Kind, i)
		place[id] = i
		documents = append(documents, s.document(id))
	}
	v, err := engine.JudgeUnit(t.Context(), wholeUnit(engine, documents...), orAll(engine, policies), now)
	if err != nil {
		t.Fatal(err)
	}
	found := make([]map[string][]finding.Finding, len(samples))
	for _, f := range v.Findings {
		i := place[f.Resource.ID]
		if found[i] == nil {
			found[i] = map[string][]finding.Finding{}
		}
		found[i][f.Policy] = append(found[i][f.Policy], f)
	}
	return outcomes(engine, samples, found)
}

func orAll(engine *eval.Engine, policies []string) []string {
	if len(policies) > 0 {
		return policies
	}
	return ids(engine)
}

func outcomes(engine *eval.Engine, samples []sample, found []map[string][]finding.Finding) []map[string]outcome {
	all := make([]map[string]outcome, len(samples))
	for i, s := range samples {
		all[i] = map[string]outcome{}
		for _, p := range engine.Policies() {
			if p.Resource == s.Kind {
				all[i][p.ID] = outcomeOf(found[i][p.ID])
			}
		}
	}
	return all
}

var sampleKinds = []string{inventory.AMI, inventory.Snapshot, inventory.KMSKey, inventory.LaunchTemplate}

// TestSampleVerdicts holds the verdict of every policy on every sample against a golden file.
func TestSampleVerdicts(t *testing.T) {
	t.Parallel()
	engine := loadEmbedded(t)
	var text strings.Builder
	for _, kind := range sampleKinds {
		samples := readSamples(t, kind)
		for i, byPolicy := range judgeSamples(t, engine, samples) {
			fmt.Fprintf(&text, "%s: %s\n", kind, samples[i].Name)
			for _, id := range slices.Sorted(maps.Keys(byPolicy)) {
				o := byPolicy[id]
				fmt.Fprintf(&text, "  %-36s %s %s\n", id, o.verdict, strings.Join(slices.Sorted(maps.Keys(o.fails)), ", "))
			}
		}
	}
	compareGolden(t, filepath.Join("..", "..", "testdata", "samples", "verdicts.golden"), text.String())
}

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}
