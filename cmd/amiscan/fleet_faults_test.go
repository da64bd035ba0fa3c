package main

import (
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	organizations "github.com/amiscan/amiscan/internal/awsstub/estate"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/store"
)

// TestFleetUnderFaults reads an organization through storms of throttling, server errors and resets, again and again until all of
// it is there. What was put on the way is as it is undisturbed, or says what it lacks; where the storms are short, it is the same
// in the end.
func TestFleetUnderFaults(t *testing.T) {
	t.Parallel()
	source, err := organizations.New(organizations.Size{Seed: 7, Accounts: 12, Regions: []string{"eu-west-1", "us-east-1"}, LargeImages: 20})
	if err != nil {
		t.Fatal(err)
	}
	calm, _ := collectFleet(t, source, "10")
	if len(calm) != 12*3 {
		t.Fatalf("undisturbed there are %d parts", len(calm))
	}
	tests := map[string]struct {
		seed uint64
		// longest is how many calls a storm takes; attempts is how often amiscan tries a call.
		longest  int
		attempts string
		same     bool
	}{
		"short storms":       {1, 4, "6", true},
		"other short storms": {2, 4, "6", true},
		"long storms":        {3, 60, "2", false},
		"other long storms":  {4, 60, "2", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, runs := collectFleet(t, source, test.attempts, storms(test.seed, test.longest)...)
			t.Logf("%d runs", runs)
			compareFleets(t, calm, got, test.same)
		})
	}
}

// storms are faults for any call, which begin and end as the seed says.
func storms(seed uint64, longest int) (faults []awsstub.Option) {
	dice := rand.New(rand.NewPCG(seed, seed))
	kinds := []awsstub.Fault{{Throttle: true}, {Reset: true}, {Status: 503}, {Cut: true}, {Status: 500, Code: "InternalError"}}
	for from := 1 + dice.IntN(20); from < 4000; from += 50 + dice.IntN(100) {
		fault := kinds[dice.IntN(len(kinds))]
		fault.FromCall, fault.ToCall = from, from+dice.IntN(longest)
		faults = append(faults, awsstub.Fail("*", fault))
	}
	return faults
}

// mostRuns is how often a run is repeated before it counts as one that never ends: many are over at the first door.
const mostRuns = 100

// collectFleet reads the organization until everything is there.
func collectFleet(t *testing.T, source awsstub.Source, attempts string, faults ...awsstub.Option) (map[string]inventory.Part, int) {
	t.Helper()
	stub, err := awsstub.NewFrom(source, append([]awsstub.Option{awsstub.CountOnly()}, faults...)...)
	if err != nil {
		t.Fatal(err)
	}
	there := endpoint{url: urlOf(t, stub), region: "us-east-1", key: "dummy", secret: "dummy"}
	path := filepath.Join(t.TempDir(), "inventory")
	for run := 1; run <= mostRuns; run++ {
		code, _, problems := there.programWith(t, []string{"AWS_MAX_ATTEMPTS=" + attempts}, "amiscan", "collect", "--org",
			"--rate", "1000", "--inventory", path)
		switch code {
		case 0:
			return fleetParts(t, path), run
		case 2, 3: // the organization, or an account of it, could not be read
		default:
			t.Fatalf("exit code %d\n%s", code, problems)
		}
	}
	t.Fatalf("after %d runs there is something left to read", mostRuns)
	return nil, 0
}

// fleetParts are the parts of an inventory by account and region; when they were observed is left out.
func fleetParts(t *testing.T, path string) map[string]inventory.Part {
	t.Helper()
	loaded, err := store.Load(t.Context(), []string{path}, nil, inventory.ImportOptions{}, store.Access{})
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]inventory.Part{}
	for part, err := range loaded.Parts(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		part.Observed = time.Time{}
		parts[part.Account+"/"+part.Region] = part
	}
	return parts
}

// compareFleets holds that every part is there, and the same or one that says what it lacks.
func compareFleets(t *testing.T, calm, got map[string]inventory.Part, same bool) {
	t.Helper()
	differing := 0
	for name, want := range calm {
		part, there := got[name]
		diff := cmp.Diff(want, part)
		if diff != "" {
			differing++
		}
		switch {
		case !there:
			t.Errorf("%s is missing", name)
		case diff != "" && same:
			t.Errorf("%s (-undisturbed +got):\n%s", name, diff)
		case diff != "" && gapsOf(part) <= gapsOf(want):
			t.Errorf("%s differs and has no gap more (-undisturbed +got):\n%s", name, diff)
		}
	}
	if differing == 0 && !same {
		t.Error("the storms disturbed nothing")
	}
	if len(got) != len(calm) {
		t.Errorf("%d parts, undisturbed %d", len(got), len(calm))
	}
}

// gapsOf counts what a part says it lacks.
func gapsOf(part inventory.Part) (gaps int) {
	for _, c := range part.Coverage {
		gaps += c.Missing
		if !c.Status.IsAnswer() {
			gaps++
		}
	}
	return gaps
}
