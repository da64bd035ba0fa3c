package shard

import "slices"

// heaviest bounds what counts of one unit's weight, so that no sum of weights overflows.
const heaviest = 1 << 30

// Split returns the units of a shard. It depends on its arguments alone: workers that have the same list and the same
// weights agree on who does what without asking. Every unit is in exactly one shard, whatever the weights; one that is not
// positive counts as 1. No shard is heavier than its fair share and the heaviest unit together.
//
// A shard is a run of neighbours. Units stand account by account, so that a worker enters few accounts: to enter one costs
// a call of STS and one for its regions, before anything is read. Dealing units out one by one, or by a hash, would send every
// worker into every account.
//
// The result shares the memory of units.
func Split[T any](units []T, weight func(T) int, s Shard) []T {
	if s.Whole() {
		return slices.Clip(units)
	}
	weights, total := weigh(units, weight)
	// Lengths are doubled, so that the middle of a unit is a whole number.
	from, to := cut(2*total, s.Index-1, s.Count), cut(2*total, s.Index, s.Count)
	first, end, before := 0, 0, int64(0)
	for i, w := range weights {
		middle := 2*before + w
		if middle < from {
			first = i + 1
		}
		if middle < to {
			end = i + 1
		}
		before += w
	}
	return slices.Clip(units[first:end])
}

// weigh returns what counts of each unit's weight, and the sum.
func weigh[T any](units []T, weight func(T) int) (weights []int64, total int64) {
	weights = make([]int64, len(units))
	for i, unit := range units {
		weights[i] = int64(min(max(weight(unit), 1), heaviest))
		total += weights[i]
	}
	return weights, total
}

// cut says where the shards up to index end, when all units are laid end to end and cut into equal lengths: length*index/count,
// rounded down. A unit belongs where its middle lies, so that it never reaches farther out of its shard than half of its
// own weight.
func cut(length int64, index, count int) int64 {
	i, n := int64(index), int64(count)
	// length*index could overflow.
	return length/n*i + length%n*i/n
}
