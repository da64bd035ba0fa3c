package report

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// roll numbers units by their names, so that sets of them are small: an organization has tens of thousands of units, and each
// fact and each gap has a set.
type roll struct {
	names  []string
	number map[string]int32
}

func newRoll() *roll { return &roll{number: map[string]int32{}} }

// of returns the number of a unit, a new one if it is new.
func (r *roll) of(name string) int32 {
	n, known := r.number[name]
	if !known {
		n = int32(len(r.names)) //nolint:gosec // there are not that many units
		r.number[name] = n
		r.names = append(r.names, name)
	}
	return n
}

// unitSet is a set of numbers of a roll, one bit each.
type unitSet []uint64

func (s *unitSet) add(n int32) {
	for int(n/64) >= len(*s) {
		*s = append(*s, 0)
	}
	(*s)[n/64] |= 1 << (n % 64)
}

func (s unitSet) has(n int32) bool { return int(n/64) < len(s) && s[n/64]&(1<<(n%64)) != 0 }

func (s unitSet) size() int {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// names returns the names of the set's units, sorted.
func (s unitSet) names(r *roll) []string {
	names := make([]string, 0, s.size())
	for n := range r.names {
		if s.has(int32(n)) {
			names = append(names, r.names[n])
		}
	}
	slices.Sort(names)
	return names
}

// unitName is account/region, or what is known of it.
func unitName(account, region string) string {
	if account == "" || region == "" {
		return account + region
	}
	return account + "/" + region
}

// wholeAccount returns the account if the unit is its pseudo-region, which stands for all of it.
func wholeAccount(unit string) (account string, whole bool) {
	return strings.CutSuffix(unit, "/"+inventory.Global)
}
