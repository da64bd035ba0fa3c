package report

import (
	"fmt"
	"maps"
	"slices"

	"github.com/amiscan/amiscan/internal/finding"
)

// tally counts findings by policy and keeps the first of each as an example.
type tally map[string]*tallied

type tallied struct {
	example finding.Finding
	count   int
}

func (t tally) add(f finding.Finding) {
	if t[f.Policy] == nil {
		f.Gaps = nil
		t[f.Policy] = &tallied{example: f}
	}
	t[f.Policy].count++
}

// sorted returns the counts in the order of the policies' ids.
func (t tally) sorted() []*tallied {
	var all []*tallied
	for _, policy := range slices.Sorted(maps.Keys(t)) {
		all = append(all, t[policy])
	}
	return all
}

// text is brief on purpose: a count and one example.
func (t *tallied) text() string {
	return fmt.Sprintf("%s, such as %s: %s", plural(t.count, "verdict", "verdicts"),
		clean(t.example.Resource.ID, maxName), clean(t.example.Message, maxMessage))
}
