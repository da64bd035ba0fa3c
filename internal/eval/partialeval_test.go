package eval_test

import (
	"slices"
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
)

// values are what an unknown fact might have been, had it been read.
var values = []string{
	`true`, `false`, `0`, `1`, `5`, `""`, `"x"`, `"k"`, `"2020-01-01T00:00:00Z"`, `"no date"`, `[]`, `["x"]`,
	`["x","y"]`, `[1,2,3]`,
	`[{"k":"x","n":1}]`, `[{"k":"x","n":1},{"k":"y","n":5}]`, `[{"k":"x","n":1},{"k":"x","n":5}]`, `[{}]`, `{}`,
	`{"k":"x"}`, `{"k":false}`, `{"k":"y","n":5}`,
	`{"list":["x"]}`, `{"list":[]}`, `{"k":{"n":5}}`, `[[1],[5]]`,
}

type partialTest struct {
	name string
	// rules follow the head of a policy; lib, if any, is the library data.amiscan.lib.l.
	rules, lib string
	b          string
	// want is the verdict with a unknown.
	want string
}

func TestPartialVerdictsHoldForEveryValue(t *testing.T) {
	t.Parallel()
	for _, test := range slices.Concat(partialTests(), morePartialTests(), rarePartialTests(), memberPartialTests()) {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for _, status := range []inventory.Status{inventory.Denied, inventory.NotVisible} {
				checkPartialTest(t, test, status)
			}
		})
	}
}

func checkPartialTest(t *testing.T, test partialTest, status inventory.Status) {
	t.Helper()
	pairs := []string{"p.rego", smallHead("p") + test.rules}
	if test.lib != "" {
		pairs = append(pairs, "l.rego", "package amiscan.lib.l\n\n"+test.lib)
	}
	engine := mustLoadSmall(t, pairs...)
	facts := func(a inventory.Fact) map[string]inventory.Fact {
		return map[string]inventory.Fact{"a": a, "b": known(test.b), "image": known(`{"Name":"web"}`)}
	}
	got := judge(t, engine, smallImage("ami-1", facts(missing(status))))
	partly := outcomeOf(got.Findings)
	want := test.want
	if want == notCollected && status == inventory.NotVisible {
		// What AWS shows to nobody here is no gap in what was seen.
		want = "unknown undecidable"
	}
	if partly.verdict != want {
		t.Errorf("%s: verdict %q, want %q: %v", status, partly.verdict, want, messages(got.Findings))
	}
	for _, value := range append(values, "") {
		a := known(value)
		if value == "" {
			a = missing(inventory.NotFound)
		}
		full := judge(t, engine, smallImage("ami-1", facts(a)))
		checkHolds(t, partly, outcomeOf(full.Findings), value+": "+messages(full.Findings))
	}
}

// checkHolds wants a certain verdict to be that of the full evaluation,
// and every failing subject to fail there as well.
func checkHolds(t *testing.T, partly, full outcome, about string) {
	t.Helper()
	if partly.certain() && full.verdict != partly.verdict {
		t.Errorf("certain %q, but %q with %s", partly.verdict, full.verdict, about)
	}
	for subject := range partly.fails {
		if !full.fails[subject] {
			t.Errorf("%q fails for certain, but not with %s", subject, about)
		}
	}
}
