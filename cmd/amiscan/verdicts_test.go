package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// judgedAt is the day as of which the tests judge.
const judgedAt = "2026-11-22T12:00:00Z"

// savedImages is describe-images output of an account that has one of everything.
const savedImages = saved + "/describe-images.json"

// amiscan runs the program inside the test: no environment, a fixed clock.
func amiscan(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, problems bytes.Buffer
	code = run(t.Context(), world{
		args: append([]string{"amiscan"}, args...), stdin: strings.NewReader(""), stdout: &out, stderr: &problems,
		getenv: func(string) string { return "" },
		now:    func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) },
	})
	return code, out.String(), problems.String()
}

// evalJSON judges files and returns exit code and report.
func evalJSON(t *testing.T, args ...string) (int, jsonReport) {
	t.Helper()
	code, out, problems := amiscan(t, append([]string{"eval", "-o", "json", "--include-pass"}, args...)...)
	var r jsonReport
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("exit code %d, no report: %v\n%s", code, err, problems)
	}
	return code, r
}

// verdicts is the verdict of every policy on every resource, "POLICY RESOURCE" to a word of the committed table. Where a
// policy has several findings for one resource, the worst stands: a violation outweighs what is unknown.
func (r jsonReport) verdicts(name func(jsonFinding) string) map[string]string {
	all, rank := map[string]string{}, map[string]int{"pass": 1, "undec": 2, "gap": 3, "fail": 4}
	for _, f := range r.Findings {
		key, word := f.Policy+" "+name(f), f.word()
		if rank[word] > rank[all[key]] {
			all[key] = word
		}
	}
	return all
}

// word is the outcome as the table writes it.
func (f jsonFinding) word() string {
	switch f.Reason {
	case "not_collected":
		return "gap"
	case "undecidable":
		return "undec"
	case "error":
		return "error"
	}
	return f.Outcome
}

// imageOrUnit is the end of an image's id, or "whole" for a finding about a unit.
func imageOrUnit(f jsonFinding) string {
	if f.Resource.Kind != "ami" {
		return "whole"
	}
	return f.Resource.ID[len(f.Resource.ID)-4:]
}

// readTable reads a table of verdicts: a line of columns, then a line a policy; an empty line begins another table.
func readTable(t *testing.T, path string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	var columns []string
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0:
			columns = nil
		case fields[0] == "#" || fields[0] == "":
		case columns == nil:
			columns = fields[1:]
		default:
			for i, column := range columns {
				all[fields[0]+" "+column] = fields[i+1]
			}
		}
	}
	return all
}

// policiesOf are the policies of a table, as --select takes them: further policies change nothing in it.
func policiesOf(table map[string]string) string {
	var ids []string
	for key := range table {
		if id, _, _ := strings.Cut(key, " "); id != "unit" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return strings.Join(slices.Compact(ids), ",")
}

// dropNotApplicable takes the cells out of a table that no report lists, and counts them.
func dropNotApplicable(table map[string]string) int {
	n := len(table)
	maps.DeleteFunc(table, func(_, word string) bool { return word == "n/a" })
	return n - len(table)
}

// TestSavedImagesDeserve holds `amiscan eval` on describe-images output alone to the committed table.
func TestSavedImagesDeserve(t *testing.T) {
	t.Parallel()
	want := readTable(t, filepath.Join(saved, "verdicts.txt"))
	notApplicable := dropNotApplicable(want)
	code, r := evalJSON(t, savedImages, "--now", judgedAt, "--select", policiesOf(want))
	if diff := cmp.Diff(want, r.verdicts(imageOrUnit)); diff != "" {
		t.Errorf("verdicts (-table +amiscan):\n%s", diff)
	}
	if code != 3 || r.Exit.Code != 3 {
		t.Errorf("exit code %d, in the report %d, want 3", code, r.Exit.Code)
	}
	if got := r.Summary.Findings["not_applicable"]; got != notApplicable {
		t.Errorf("%d verdicts not applicable, want the table's %d", got, notApplicable)
	}
}

// TestSavedImagesDecide selects what describe-images output can decide: then the run is whole.
func TestSavedImagesDecide(t *testing.T) {
	t.Parallel()
	decidable := "lifecycle/ami-no-deprecation,lifecycle/ami-too-old,readiness/ami-ena-missing,readiness/ami-not-hvm," +
		"readiness/ami-root-not-mapped,sharing/ami-public"
	tests := []struct {
		name string
		args []string
		want int
	}{
		{"the worst is critical", []string{"--select", decidable}, 1},
		{"none at or above high", []string{"--select", "lifecycle/ami-too-old,lifecycle/ami-no-deprecation"}, 0},
		{"nothing fails the build", []string{"--select", decidable, "--fail-on", "none"}, 0},
		{"one of each that only warns", []string{"--select", "readiness/ami-ena-missing", "--fail-on", "medium"}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			code, r := evalJSON(t, append(test.args, savedImages, "--now", judgedAt)...)
			if code != test.want {
				t.Errorf("exit code %d (%s), want %d", code, r.Exit.Reason, test.want)
			}
		})
	}
}
