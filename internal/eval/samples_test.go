package eval_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
	"github.com/amiscan/amiscan/internal/schema"
)

var update = flag.Bool("update", false, "rewrite golden files")

// sample is one document under which a policy's own Rego tests evaluate it.
type sample struct {
	inventory.Resource
	// Name is the test that brought it, and which of its documents it is.
	Name string
	// Seer is the unit that saw the resource: not always the one of its owner.
	Seer inventory.Unit
	// Now is the day of judgement.
	Now time.Time
}

// document carries a tag, so that the findings of many samples can be told apart though they share their IDs. Policies do
// not see it.
func (s sample) document(tag string) link.Document {
	return link.Document{Resource: s.Resource, Unit: s.Seer, Name: tag}
}

// isWhole reports whether all the named facts are answers: some tests are about those that are none.
func (s sample) isWhole(reads []string) bool {
	return !slices.ContainsFunc(reads, func(name string) bool { return !s.Facts[name].Status.IsAnswer() })
}

// with is the sample with one fact replaced.
func (s sample) with(name string, fact inventory.Fact) sample {
	s.Facts = maps.Clone(s.Facts)
	s.Facts[name] = fact
	return s
}

// newSample turns what a Rego test gave as input into a resource. Facts that the policy reads and the test left out are
// not found: they are as undefined to the policy as they were in the test.
func newSample(p finding.Policy, name string, input []byte) (sample, error) {
	var fields map[string]json.RawMessage
	var known struct {
		Kind, ID, ARN, Partition, Account, Region string

		UnitAccount string `json:"unit_account"`
		Now         time.Time
		Status      map[string]inventory.Status
	}
	if err := json.Unmarshal(input, &fields); err != nil {
		return sample{}, fmt.Errorf("read the input of %s: %w", name, err)
	}
	if err := json.Unmarshal(input, &known); err != nil {
		return sample{}, fmt.Errorf("read the input of %s: %w", name, err)
	}
	if known.Kind == "" {
		known.Kind = inventory.KindsOf(p.Resource)[0]
	}
	at := inventory.Unit{Partition: known.Partition, Account: known.Account, Region: known.Region}
	s := sample{Resource: inventory.NewResource(known.Kind, at, known.ID), Name: name, Now: known.Now, Seer: at}
	s.Seer.Account = known.UnitAccount
	s.ARN = known.ARN
	if s.Now.IsZero() {
		s.Now = now
	}
	catalog := schema.Catalog()
	for _, fact := range catalog.Names(known.Kind) {
		s.Facts[fact] = factOf(fields[fact], known.Status[fact])
	}
	return s, nil
}

func factOf(value json.RawMessage, status inventory.Status) inventory.Fact {
	switch {
	case len(value) > 0 && string(value) != "null":
		return inventory.Fact{Status: inventory.Known, Value: value}
	case status == "" || status == inventory.Known:
		return inventory.Fact{Status: inventory.NotFound}
	}
	return inventory.Fact{Status: status}
}

// judgeSamples judges many samples at once by one policy and returns the outcome of each.
func judgeSamples(t testing.TB, engine *eval.Engine, policy string, samples []sample) []outcome {
	t.Helper()
	found := make([][]finding.Finding, len(samples))
	for day, places := range byDay(samples) {
		for _, f := range judgeOn(t, engine, policy, samples, places, day) {
			var i int
			if _, err := fmt.Sscanf(f.Resource.Name, "sample %d", &i); err == nil {
				found[i] = append(found[i], f)
			}
		}
	}
	all := make([]outcome, len(samples))
	for i := range samples {
		all[i] = outcomeOf(found[i])
	}
	return all
}

func judgeOn(
	t testing.TB, engine *eval.Engine, policy string, samples []sample, places []int, day time.Time,
) []finding.Finding {
	t.Helper()
	var documents []link.Document
	for _, i := range places {
		documents = append(documents, samples[i].document(fmt.Sprintf("sample %d", i)))
	}
	v, err := engine.JudgeUnit(t.Context(), wholeUnit(engine, documents...), []string{policy}, day)
	if err != nil {
		t.Fatal(err)
	}
	return v.Findings
}

// byDay groups the places of samples by their day of judgement.
func byDay(samples []sample) map[time.Time][]int {
	days := map[time.Time][]int{}
	for i, s := range samples {
		days[s.Now] = append(days[s.Now], i)
	}
	return days
}

// corpus are the embedded policies, and the samples of each by its ID.
type corpus struct {
	engine  *eval.Engine
	samples map[string][]sample
}

// TestEmbeddedPolicies holds every embedded policy against its samples. The samples are made once for all.
func TestEmbeddedPolicies(t *testing.T) {
	t.Parallel()
	engine := loadEmbedded(t)
	c := corpus{engine: engine, samples: regoSamples(t, engine)}
	t.Run("findings do not depend on cores or order", c.sameOnAnyCores)
	t.Run("samples show every verdict", c.showsEveryVerdict)
	t.Run("missing facts change no certain verdict", c.missingFacts)
	t.Run("half-known lists change no certain verdict", c.halfKnownLists)
	t.Run("unread facts change nothing", c.unreadFacts)
	t.Run("gaps cost certainty only where they matter", c.precision)
	t.Run("stock OPA agrees", c.stockAgrees)
}

// showsEveryVerdict wants documents that fail and documents that pass from the tests of every policy; and an unknown only
// where the policy itself says `undecided`.
func (c corpus) showsEveryVerdict(t *testing.T) {
	t.Parallel()
	for _, p := range c.engine.Policies() {
		t.Run(p.ID, func(t *testing.T) {
			t.Parallel()
			seen := map[string]string{}
			for i, o := range judgeSamples(t, c.engine, p.ID, c.samples[p.ID]) {
				if s := c.samples[p.ID][i]; s.isWhole(p.Reads) {
					seen[o.verdict] = s.Name
				}
			}
			for _, verdict := range verdictsOf(c.engine, p) {
				if seen[verdict] == "" {
					t.Errorf("no sample shows %q: %v", verdict, seen)
				}
				delete(seen, verdict)
			}
			delete(seen, "n/a")
			for verdict, name := range seen {
				t.Errorf("%s: %q, where everything is known", name, verdict)
			}
		})
	}
}

// verdictsOf are the verdicts that a policy must be able to come to.
func verdictsOf(engine *eval.Engine, p finding.Policy) []string {
	verdicts := []string{"fail", "pass"}
	if _, text := engine.Text(p.ID); strings.Contains(text, "\nundecided contains") {
		verdicts = append(verdicts, undecidable)
	}
	return verdicts
}

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
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
