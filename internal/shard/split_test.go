package shard_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/amiscan/amiscan/internal/shard"
)

// unit stands for one account in one region.
type unit struct{ account, weight int }

func weightOf(u unit) int { return u.weight }

// split divides units among all workers, each of which computes its part alone.
func split(units []unit, count int) [][]unit {
	var all [][]unit
	for i := range count {
		all = append(all, shard.Split(slices.Clone(units), weightOf, shard.Shard{Index: i + 1, Count: count}))
	}
	return all
}

func TestSplit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		weights []int
		want    string
	}{
		{"even", []int{1, 1, 1, 1, 1, 1}, "[[1 1] [1 1] [1 1]]"},
		{"by weight, not by number", []int{6, 1, 1, 1, 1, 1, 1, 3, 3}, "[[6] [1 1 1 1 1 1] [3 3]]"},
		{"heavy at the end", []int{1, 1, 1, 1, 96}, "[[1 1 1 1] [96] []]"},
		{"heavy at the beginning", []int{96, 1, 1, 1, 1}, "[[] [96] [1 1 1 1]]"},
		{"fewer units than shards", []int{5, 5}, "[[5] [] [5]]"},
		{"one unit", []int{5}, "[[] [5] []]"},
		{"no units", nil, "[[] [] []]"},
		{"weightless", []int{0, 0, 0}, "[[0] [0] [0]]"},
		{"negative", []int{-7, math.MinInt, -7}, "[[-7] [-9223372036854775808] [-7]]"},
		{"overflowing", []int{math.MaxInt, math.MaxInt, math.MaxInt}, "[[9223372036854775807] [9223372036854775807] [9223372036854775807]]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got [][]int
			for i := range 3 {
				got = append(got, shard.Split(test.weights, func(w int) int { return w }, shard.Shard{Index: i + 1, Count: 3}))
			}
			if fmt.Sprint(got) != test.want {
				t.Errorf("got %v, want %s", got, test.want)
			}
		})
	}
}

func TestSplitWhole(t *testing.T) {
	t.Parallel()
	units := []unit{{1, 3}, {1, 0}, {2, 5}}
	for _, whole := range []shard.Shard{{}, {Index: 1, Count: 1}} {
		if got := shard.Split(units, weightOf, whole); !slices.Equal(got, units) {
			t.Errorf("shard %q has %v", whole, got)
		}
	}
}

// TestSplitClips holds a shard to its own end: who appends to it must not write into the next one.
func TestSplitClips(t *testing.T) {
	t.Parallel()
	units := []unit{{1, 1}, {2, 1}, {3, 1}, {4, 1}}
	part := shard.Split(units, weightOf, shard.Shard{Index: 1, Count: 2})
	if _ = append(part, unit{9, 9}); units[2] != (unit{3, 1}) {
		t.Errorf("the next shard begins with %v", units[2])
	}
}

// shapes are how the weights of an audit may lie: alike, skewed as accounts are, mostly nothing, and worthless.
func shapes() map[string]func(*rand.Rand) int {
	return map[string]func(*rand.Rand) int{
		"alike":      func(*rand.Rand) int { return 7 },
		"uniform":    func(r *rand.Rand) int { return r.IntN(1000) },
		"skewed":     func(r *rand.Rand) int { return int(math.Pow(10, 5*r.Float64()*r.Float64())) },
		"rare":       func(r *rand.Rand) int { return r.IntN(50) / 49 * 100_000 },
		"weightless": func(*rand.Rand) int { return 0 },
		"any":        func(r *rand.Rand) int { return int(r.Uint64()) },
	}
}

// TestSplitProperties holds every split to what workers rely on: all units, each once, in their order, and none with more
// than its fair share and the heaviest unit.
func TestSplitProperties(t *testing.T) {
	t.Parallel()
	for name, shape := range shapes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(1, uint64(len(name))))
			for range 300 {
				units := make([]unit, random.IntN(400))
				for i := range units {
					units[i] = unit{account: i, weight: shape(random)}
				}
				count := 1 + random.IntN(60)
				checkSplit(t, units, count)
			}
		})
	}
}

func checkSplit(t *testing.T, units []unit, count int) {
	t.Helper()
	parts := split(units, count)
	if got := slices.Concat(parts...); !slices.Equal(got, units) {
		t.Fatalf("%d shards of %v are %v", count, units, parts)
	}
	total, heaviest := 0.0, 0.0
	for _, u := range units {
		total, heaviest = total+counted(u), max(heaviest, counted(u))
	}
	for i, part := range parts {
		weight := 0.0
		for _, u := range part {
			weight += counted(u)
		}
		if limit := total/float64(count) + heaviest; weight > limit*(1+1e-9) {
			t.Fatalf("shard %d/%d of %v weighs %v, more than %v", i+1, count, units, weight, limit)
		}
	}
}

// counted is what counts of a weight: 1 at least, and never so much that a sum overflows.
func counted(u unit) float64 { return float64(min(max(u.weight, 1), 1<<30)) }

// TestSplitFewAccounts is why a shard is a run of neighbours: an account is entered by few workers.
func TestSplitFewAccounts(t *testing.T) {
	t.Parallel()
	const accounts, regions, workers = 100, 17, 20
	var units []unit
	for i := range accounts * regions {
		units = append(units, unit{account: i / regions, weight: 1 + i%regions})
	}
	entered := 0
	for _, part := range split(units, workers) {
		seen := map[int]bool{}
		for _, u := range part {
			seen[u.account] = true
		}
		entered += len(seen)
	}
	if entered > accounts+workers-1 {
		t.Errorf("%d workers enter %d accounts %d times", workers, accounts, entered)
	}
}
