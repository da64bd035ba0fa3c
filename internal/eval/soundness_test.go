package eval_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/schema"
)

// gapStatuses are the statuses that are no answer, save for not_visible: that one is AWS's own word, and policies see it.
var gapStatuses = []inventory.Status{
	inventory.Denied, inventory.Throttled, inventory.NotCollected, inventory.Error, inventory.Unsupported,
}

const (
	// fewReads is how many facts a policy may read for every set of them to be taken away.
	fewReads = 4
	// manyReads is how many it may read for every pair.
	manyReads = 6
	// maxFillings bounds the values that are put where facts are missing.
	maxFillings = 4
)

// lacking is a sample without some of its facts.
type lacking struct {
	sample
	of      int
	without []string
	about   string
}

func (s sample) lack(of int, without []string, status inventory.Status) lacking {
	v := lacking{sample: s, of: of, without: without, about: fmt.Sprintf("%s without %v (%s)", s.Name, without, status)}
	for _, name := range without {
		v.sample = v.with(name, inventory.Fact{Status: status})
	}
	return v
}

func judgeVariants(t testing.TB, engine *eval.Engine, policy string, variants []lacking) []outcome {
	t.Helper()
	samples := make([]sample, len(variants))
	for i, v := range variants {
		samples[i] = v.sample
	}
	return judgeSamples(t, engine, policy, samples)
}

// missingFacts takes facts away from the samples of every policy, alone, in pairs and all at
// once: what stays certain is what the full evaluation says, of the sample and of any other value that the missing facts
// may have had.
func (c corpus) missingFacts(t *testing.T) {
	t.Parallel()
	for _, p := range c.engine.Policies() {
		t.Run(p.ID, func(t *testing.T) {
			t.Parallel()
			some := spread(c.samples[p.ID], maxSamples)
			full := judgeSamples(t, c.engine, p.ID, some)
			gaps := gapsOf(some, p)
			for i, got := range judgeVariants(t, c.engine, p.ID, gaps) {
				checkHolds(t, got, full[gaps[i].of], gaps[i].about)
				if got.certain() || len(got.fails) > 0 {
					checkOtherValues(t, c.engine, p, gaps[i], got, some)
				}
			}
		})
	}
}

// gapsOf are the samples without every set of facts that is tried. Statuses take turns, since they may not matter.
func gapsOf(samples []sample, p finding.Policy) []lacking {
	var gaps []lacking
	for i, s := range samples {
		for n, without := range removals(p.Reads) {
			gaps = append(gaps, s.lack(i, without, gapStatuses[(i+n)%len(gapStatuses)]))
			if len(without) == 1 || (i+n)%2 == 0 {
				gaps = append(gaps, s.lack(i, without, inventory.NotVisible))
			}
		}
	}
	return gaps
}

// removals are the sets of facts to take away: every one of a few, else each fact, pairs and all of them.
func removals(reads []string) [][]string {
	if len(reads) <= fewReads {
		return subsets(reads)
	}
	all := [][]string{reads}
	for i, one := range reads {
		all = append(all, []string{one})
		for _, other := range reads[:i] {
			if len(reads) > manyReads && (i+len(all))%3 != 0 {
				continue
			}
			all = append(all, []string{other, one})
		}
	}
	return all
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

// spread picks at most n samples, evenly: tests put like beside like.
func spread[T any](all []T, n int) []T {
	if len(all) <= n {
		return all
	}
	some := make([]T, n)
	for i := range some {
		some[i] = all[i*len(all)/n]
	}
	return some
}

// checkOtherValues holds a verdict that is certain in spite of a gap against the full evaluation for other values of what
// is missing.
func checkOtherValues(
	t *testing.T, engine *eval.Engine, p finding.Policy, gap lacking, partly outcome, samples []sample,
) {
	t.Helper()
	filled := fillings(gap, samples)
	for i, full := range judgeVariants(t, engine, p.ID, filled) {
		checkHolds(t, partly, full, gap.about+" for"+filled[i].about)
	}
}

// fillings are the sample with the missing facts as other samples have them: all of one sample, and each of another.
func fillings(gap lacking, samples []sample) []lacking {
	var all []lacking
	donors := append(spread(samples, maxFillings-1), sample{Name: "nothing found"})
	for i := range donors {
		filled := lacking{sample: gap.sample, of: gap.of}
		mixed := filled
		for n, name := range gap.without {
			filled = filled.fill(name, donors[i])
			mixed = mixed.fill(name, donors[(i+5*n)%len(donors)])
		}
		all = append(all, filled)
		if len(gap.without) > 1 {
			all = append(all, mixed)
		}
	}
	return all
}

// fill gives a fact the value that it has in another sample, if that is an answer; else nothing was found.
func (v lacking) fill(name string, donor sample) lacking {
	fact, ok := donor.Facts[name]
	if !ok || !fact.Status.IsAnswer() {
		fact = inventory.Fact{Status: inventory.NotFound}
	}
	v.sample = v.with(name, fact)
	v.about += fmt.Sprintf(" %s of %s;", name, donor.Name)
	return v
}

// halfKnownLists takes each element away from a list, and all of them, while marking the list
// as incomplete.
func (c corpus) halfKnownLists(t *testing.T) {
	t.Parallel()
	for _, p := range c.engine.Policies() {
		t.Run(p.ID, func(t *testing.T) {
			t.Parallel()
			some := spread(c.samples[p.ID], maxSamples)
			full := judgeSamples(t, c.engine, p.ID, some)
			var halves []lacking
			for i, s := range some {
				for _, name := range p.Reads {
					halves = append(halves, s.halves(t, i, name, slices.Contains(p.Partial, name))...)
				}
			}
			for i, got := range judgeVariants(t, c.engine, p.ID, halves) {
				checkHolds(t, got, full[halves[i].of], halves[i].about)
			}
		})
	}
}

// halves are the sample with parts of a list as all that is known of it: the list without each of its elements, and none
// of it. To a policy that does not see half a list, one part is like another.
func (s sample) halves(t *testing.T, of int, name string, seen bool) []lacking {
	t.Helper()
	var elements []json.RawMessage
	if json.Unmarshal(s.Facts[name].Value, &elements) != nil {
		return nil
	}
	parts := [][]json.RawMessage{{}}
	for i := range elements {
		if seen || i == 0 {
			parts = append(parts, slices.Delete(slices.Clone(elements), i, i+1))
		}
	}
	var all []lacking
	for i, part := range parts {
		status := []inventory.Status{inventory.Throttled, inventory.NotVisible}[(of+i)%2]
		half := inventory.Fact{Status: status, Value: encode(t, part), Gaps: []inventory.Gap{
			{Fact: "source", Status: status, Action: "ec2:Source", Unit: unit},
		}}
		about := fmt.Sprintf("%s with %d of %d %s (%s)", s.Name, len(part), len(elements), name, status)
		all = append(all, lacking{sample: s.with(name, half), of: of, about: about})
	}
	return all
}

func encode(t *testing.T, value any) json.RawMessage {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// unreadFacts takes away everything that a policy does not read.
func (c corpus) unreadFacts(t *testing.T) {
	t.Parallel()
	catalog := schema.Catalog()
	for _, p := range c.engine.Policies() {
		some := spread(c.samples[p.ID], maxSamples)
		full := judgeSamples(t, c.engine, p.ID, some)
		var without []lacking
		for i, s := range some {
			unread := slices.DeleteFunc(catalog.Names(s.Kind), func(name string) bool { return slices.Contains(p.Reads, name) })
			without = append(without, s.lack(i, unread, gapStatuses[i%len(gapStatuses)]))
		}
		for i, got := range judgeVariants(t, c.engine, p.ID, without) {
			if got.verdict != full[i].verdict {
				t.Errorf("%s: %q of %s, it was %q", p.ID, got.verdict, without[i].about, full[i].verdict)
			}
		}
	}
}
