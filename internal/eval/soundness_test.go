package eval_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// gapStatuses are all statuses that are no answer.
var gapStatuses = []inventory.Status{
	inventory.Denied, inventory.NotVisible, inventory.Throttled, inventory.NotCollected, inventory.Error,
	inventory.Unsupported,
}

// lacking is a sample without some of its facts.
type lacking struct {
	sample
	of      int
	without []string
	about   string
}

// TestMissingFactsChangeNoCertainVerdict takes away every set of facts: what is certain stays what the full evaluation
// says, and facts that a policy does not read change nothing at all.
func TestMissingFactsChangeNoCertainVerdict(t *testing.T) {
	t.Parallel()
	engine := loadEmbedded(t)
	for _, kind := range sampleKinds {
		samples := readSamples(t, kind)
		full := judgeSamples(t, engine, samples)
		var variants []lacking
		for i, s := range samples {
			for _, without := range append(subsets(factsRead(engine, kind)), []string{"unread"}) {
				for _, status := range gapStatuses[:statusesFor(without)] {
					variants = append(variants, s.lack(i, without, status))
				}
			}
		}
		for i, got := range judgeVariants(t, engine, variants) {
			checkAgainstFull(t, engine, variants[i], got, full[variants[i].of])
		}
	}
}

// statusesFor tries all statuses for single facts; for sets, a plain gap and one that AWS words itself.
func statusesFor(without []string) int {
	if len(without) == 1 {
		return len(gapStatuses)
	}
	return 2
}

func (s sample) lack(of int, without []string, status inventory.Status) lacking {
	v := lacking{sample: s, of: of, without: without, about: fmt.Sprintf("%s %q without %v (%s)", s.Kind, s.Name,
		without, status)}
	for _, name := range without {
		v.sample = v.with(name, inventory.Fact{Status: status})
	}
	return v
}

func judgeVariants(t *testing.T, engine *eval.Engine, variants []lacking, policies ...string) []map[string]outcome {
	t.Helper()
	samples := make([]sample, len(variants))
	for i, v := range variants {
		samples[i] = v.sample
	}
	return judgeSamples(t, engine, samples, policies...)
}

func checkAgainstFull(t *testing.T, engine *eval.Engine, v lacking, got, full map[string]outcome) {
	t.Helper()
	for _, p := range engine.Policies() {
		if p.Resource != v.Kind {
			continue
		}
		about := p.ID + ", " + v.about
		if !slices.ContainsFunc(v.without, func(name string) bool { return slices.Contains(p.Reads, name) }) {
			if got[p.ID].verdict != full[p.ID].verdict {
				t.Errorf("%s: %q, though it does not read that; it was %q", about, got[p.ID].verdict, full[p.ID].verdict)
			}
		}
		checkHolds(t, got[p.ID], full[p.ID], about)
	}
}

// factsRead are all facts that the policies of a kind read.
func factsRead(engine *eval.Engine, kind string) []string {
	var facts []string
	for _, p := range engine.Policies() {
		if p.Resource == kind {
			facts = append(facts, p.Reads...)
		}
	}
	slices.Sort(facts)
	return slices.Compact(facts)
}

// subsets returns every set of names but the empty one.
func subsets[T any](names []T) [][]T {
	var all [][]T
	for bits := 1; bits < 1<<len(names); bits++ {
		var set []T
		for i, name := range names {
			if bits&(1<<i) != 0 {
				set = append(set, name)
			}
		}
		all = append(all, set)
	}
	return all
}

// TestCertainVerdictsHoldForEveryOtherValue: where a verdict stays certain without a set of facts, it is the
// verdict of the full evaluation for every value that these facts have in any sample.
func TestCertainVerdictsHoldForEveryOtherValue(t *testing.T) {
	t.Parallel()
	engine := loadEmbedded(t)
	for _, kind := range sampleKinds {
		samples := readSamples(t, kind)
		for _, p := range engine.Policies() {
			if p.Resource != kind {
				continue
			}
			for _, without := range subsets(p.Reads) {
				checkOtherValues(t, engine, p, samples, without)
			}
		}
	}
}

func checkOtherValues(t *testing.T, engine *eval.Engine, p finding.Policy, samples []sample, without []string) {
	t.Helper()
	var gaps, filled []lacking
	for i, s := range samples {
		for _, status := range []inventory.Status{inventory.Denied, inventory.NotVisible} {
			gaps = append(gaps, s.lack(i, without, status))
		}
		filled = append(filled, fillings(s.lack(i, without, inventory.Denied), samples)...)
	}
	full := judgeVariants(t, engine, filled, p.ID)
	for g, partly := range judgeVariants(t, engine, gaps, p.ID) {
		for f, v := range filled {
			if v.of == gaps[g].of {
				checkHolds(t, partly[p.ID], full[f][p.ID], p.ID+", "+gaps[g].about+" for "+v.about)
			}
		}
	}
}

// fillings are the sample with the missing facts taken from all samples and from those where AWS found nothing, in
// every combination.
func fillings(v lacking, samples []sample) []lacking {
	all := []lacking{v}
	for _, name := range v.without {
		var next []lacking
		for _, one := range all {
			for about, fact := range donated(samples, name) {
				filled := one
				filled.sample = one.with(name, fact)
				filled.about += "; " + about
				next = append(next, filled)
			}
		}
		all = next
	}
	return all
}

// donated are the distinct values of a fact in all samples, not_found among them.
func donated(samples []sample, name string) map[string]inventory.Fact {
	values, seen := map[string]inventory.Fact{name + " not found": {Status: inventory.NotFound}}, map[string]bool{}
	for _, donor := range samples {
		fact := donor.Facts[name]
		if fact.Status == inventory.Known && !seen[string(fact.Value)] {
			seen[string(fact.Value)] = true
			values[fmt.Sprintf("%s of %q", name, donor.Name)] = fact
		}
	}
	return values
}

// TestHalfKnownListsChangeNoCertainVerdict takes away any elements of a list while marking it as incomplete.
func TestHalfKnownListsChangeNoCertainVerdict(t *testing.T) {
	t.Parallel()
	engine := loadEmbedded(t)
	for _, kind := range sampleKinds {
		samples := readSamples(t, kind)
		full := judgeSamples(t, engine, samples)
		var variants []lacking
		for i, s := range samples {
			for name, fact := range s.Facts {
				variants = append(variants, s.halves(t, i, name, fact)...)
			}
		}
		for i, got := range judgeVariants(t, engine, variants) {
			checkAgainstFull(t, engine, variants[i], got, full[variants[i].of])
		}
	}
}

// halves are the sample with every part of a list, the whole list included, as all that is known of it.
func (s sample) halves(t *testing.T, of int, name string, fact inventory.Fact) []lacking {
	t.Helper()
	var elements []json.RawMessage
	if json.Unmarshal(fact.Value, &elements) != nil {
		return nil
	}
	var all []lacking
	for _, part := range append(subsets(elements), []json.RawMessage{}) {
		text, err := json.Marshal(part)
		if err != nil {
			t.Fatal(err)
		}
		for _, status := range []inventory.Status{inventory.Throttled, inventory.NotVisible} {
			gap := inventory.Gap{Fact: "source", Status: status, Action: "ec2:Source", Unit: unit}
			half := inventory.Fact{Status: status, Value: text, Gaps: []inventory.Gap{gap}}
			v := lacking{sample: s.with(name, half), of: of, without: []string{name}}
			v.about = fmt.Sprintf("%s %q with %d of %d %s (%s)", s.Kind, s.Name, len(part), len(elements), name, status)
			all = append(all, v)
		}
	}
	return all
}

// TestWholeSamplesAreDecided wants no unknown where everything is known,
// unless the policy says so itself or meets a date
// that nobody can read.
func TestWholeSamplesAreDecided(t *testing.T) {
	t.Parallel()
	engine := loadEmbedded(t)
	seen := map[string]map[string]bool{}
	for _, kind := range sampleKinds {
		samples := readSamples(t, kind)
		for i, byPolicy := range judgeSamples(t, engine, samples) {
			for id, o := range byPolicy {
				if o.verdict == "unknown error" && samples[i].Name != "broken dates" || o.verdict == notCollected {
					t.Errorf("%s is %q of %s %q, where everything is known", id, o.verdict, kind, samples[i].Name)
				}
				if seen[id] == nil {
					seen[id] = map[string]bool{}
				}
				seen[id][o.verdict] = true
			}
		}
	}
	for id, verdicts := range seen {
		if !verdicts["fail"] || !verdicts["pass"] {
			t.Errorf("the samples show no fail or no pass of %s: %v", id, verdicts)
		}
	}
}
