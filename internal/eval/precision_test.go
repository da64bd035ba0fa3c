package eval_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
)

// precision: what a policy can say without a fact, it says. The golden file tells, for each
// policy and each fact that it reads, of how many samples that fail, pass or are not applicable this stays certain while
// the fact is missing: all, some or none.
func (c corpus) precision(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("it counts all samples")
	}
	var text strings.Builder
	for _, p := range c.engine.Policies() {
		some := spread(c.samples[p.ID], maxSamples)
		full := judgeSamples(t, c.engine, p.ID, some)
		for _, name := range p.Reads {
			var gaps []lacking
			for i, s := range some {
				gaps = append(gaps, s.lack(i, []string{name}, inventory.Denied))
			}
			kept := certainty{kept: map[string]int{}, of: map[string]int{}}
			for i, got := range judgeVariants(t, c.engine, p.ID, gaps) {
				kept.count(full[i], got)
			}
			fmt.Fprintf(&text, "%s without %s: %s\n", p.ID, name, kept)
		}
	}
	compareGolden(t, "precision.golden", text.String())
}

// certainty counts verdicts: those that were kept, of those that there were.
type certainty struct{ kept, of map[string]int }

func (c certainty) count(full, partly outcome) {
	c.of[full.verdict]++
	if partly.verdict == full.verdict {
		c.kept[full.verdict]++
	}
}

func (c certainty) String() string {
	var words []string
	for _, verdict := range []string{"fail", "pass", "n/a"} {
		switch kept, of := c.kept[verdict], c.of[verdict]; {
		case of == 0:
		case kept == 0:
			words = append(words, verdict+" never")
		case kept == of:
			words = append(words, verdict+" always")
		default:
			words = append(words, verdict+" at times")
		}
	}
	return strings.Join(words, ", ")
}
