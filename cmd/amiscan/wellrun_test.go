package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
)

var updateUndecided = flag.Bool("update-wellrun", false, "rewrite testdata/wellrun/undecided.golden")

// judgeWellRun evaluates the account with every policy there is.
func judgeWellRun(t *testing.T, topics map[string]topic) (int, jsonReport) {
	t.Helper()
	var text bytes.Buffer
	manifest := inventory.Manifest{
		Tool: "amiscan test", Caller: wellRunManagement, Regions: []string{"eu-central-1", "eu-west-1"}, EnabledRegions: 2,
		Started: time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC), Organization: "o-a1b2c3d4e5",
	}
	parts := wellRunParts(t, topics)
	slices.SortFunc(parts, func(a, b inventory.Part) int { return a.Unit.Compare(b.Unit) })
	err := inventory.WriteInventory(&text, manifest, func(yield func(inventory.Part, error) bool) {
		for _, part := range parts {
			if !yield(part, nil) {
				return
			}
		}
	})
	path := filepath.Join(t.TempDir(), "wellrun.jsonl")
	if err == nil {
		err = os.WriteFile(path, text.Bytes(), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return evalJSON(t, path, "--select", "*/*", "--config", filepath.Join(wellRun, "amiscan.yaml"), "--now", judgedAt)
}

// TestWellRunAccountRaisesNoAlarm judges an account that is well run: whatever fails above info in it is a false alarm, and
// whatever can't be decided in it is listed, so that each can be defended.
func TestWellRunAccountRaisesNoAlarm(t *testing.T) {
	t.Parallel()
	topics := readTopics(t)
	code, r := judgeWellRun(t, topics)
	if code != 0 {
		t.Errorf("exit code %d: %s", code, r.Exit.Reason)
	}
	var undecided []string
	opinions := opinionsOf(t, topics)
	for _, f := range r.Findings {
		line := fmt.Sprintf("%s %s %s: %s", f.Policy, f.Resource.ID, f.Subject, f.Message)
		switch {
		case f.Outcome == "fail" && f.Severity != "info" && !opinions[f.Policy+" "+f.Resource.ID]:
			t.Errorf("false alarm (%s): %s", f.Severity, line)
		case f.Outcome == "unknown" && f.Reason != "undecidable":
			t.Errorf("%s: %s %v", f.Reason, line, f.Gaps)
		case f.Outcome == "unknown":
			undecided = append(undecided, strings.TrimSpace(f.Policy+" "+f.Resource.ID+" "+f.Subject)+"\n")
		}
	}
	slices.Sort(undecided)
	compareUndecided(t, strings.Join(undecided, ""))
	for name, one := range topics {
		one.compare(t, name, r.Findings)
	}
}

// opinionsOf are the policies with the resources that they may take exception to: only such that nobody gets unasked.
func opinionsOf(t *testing.T, topics map[string]topic) map[string]bool {
	t.Helper()
	standard, all := listedPolicies(t), map[string]bool{}
	for name, one := range topics {
		for policy, ids := range one.Opinions {
			if slices.Contains(standard, policy) {
				t.Errorf("%s.json: %s is no opinion: it is on by default", name, policy)
			}
			for _, id := range ids {
				all[policy+" "+id] = true
			}
		}
	}
	return all
}

func compareUndecided(t *testing.T, got string) {
	t.Helper()
	path := filepath.Join(wellRun, "undecided.golden")
	if *updateUndecided {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("what is undecided (-golden +judged); go test ./cmd/amiscan -run WellRun -update-wellrun\n%s", diff)
	}
}

// compare holds that the policies of the row really met it: something in the file was judged and found in order, and what
// is exempt was not judged.
func (one topic) compare(t *testing.T, name string, findings []jsonFinding) {
	t.Helper()
	own := func(f jsonFinding) bool {
		return slices.ContainsFunc(one.Resources, func(d described) bool { return d.Kind == f.Resource.Kind && d.ID == f.Resource.ID })
	}
	for _, policy := range one.Meets {
		if !slices.ContainsFunc(findings, func(f jsonFinding) bool {
			return f.Policy == policy && own(f) && (f.Outcome == "pass" || f.Severity == "info")
		}) {
			t.Errorf("%s.json: %s was content with nothing in it", name, policy)
		}
	}
	for policy, ids := range one.Exempt {
		if i := slices.IndexFunc(findings, func(f jsonFinding) bool {
			return f.Policy == policy && slices.Contains(ids, f.Resource.ID)
		}); i >= 0 {
			t.Errorf("%s.json: %s judged %s", name, policy, findings[i].Resource.ID)
		}
	}
}

// TestWellRunRowsAreThere holds every row, and that policies to come are moved to those that are there once they are.
func TestWellRunRowsAreThere(t *testing.T) {
	t.Parallel()
	known := listedPolicies(t, "--select", "*/*")
	for name, one := range readTopics(t) {
		if one.Row == "" || one.Shows == "" || len(one.Meets) == 0 || len(one.Resources) == 0 {
			t.Errorf("%s.json lacks one of row, shows, meets, resources", name)
		}
		for _, policy := range one.Later {
			if slices.ContainsFunc(known, func(id string) bool { return strings.HasSuffix(id, "/"+policy) }) {
				t.Errorf("%s.json: %s is there by now: move it to meets", name, policy)
			}
		}
	}
}

func listedPolicies(t *testing.T, args ...string) []string {
	t.Helper()
	code, out, problems := amiscan(t, append([]string{"policies", "list", "--json"}, args...)...)
	var list []struct{ ID string }
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		t.Fatalf("exit code %d: %v\n%s", code, err, problems)
	}
	var ids []string
	for _, p := range list {
		ids = append(ids, p.ID)
	}
	return ids
}

// holdToSchema refuses a field that AWS does not have: a state that is misspelt would not be met by anybody.
func holdToSchema(t *testing.T, of inventory.FactRef, text []byte) {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err == nil {
		err = compiler.AddResource("fact.json", anything(t, collect.Schemas()[of]))
	}
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("fact.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Errorf("%s: %v\n%s", of, err, text)
	}
}

// anything turns a schema of Go types into one of plain JSON.
func anything(t *testing.T, value any) any {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return plain
}
