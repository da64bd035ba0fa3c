package audit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/gate"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/report"
)

// sarifRun is a run whose SARIF goes to a directory, which holds an earlier report of as many parts; warned collects what
// it warns of.
func sarifRun(t *testing.T, options report.Options) (run audit.Run, dir string, warned *[]string) {
	t.Helper()
	dir, warned = t.TempDir(), &[]string{}
	run = running(io.Discard, part(t, ireland))
	run.Gate, run.Report = gate.Options{}, options
	output := audit.Output{Format: "sarif", Path: filepath.Join(dir, "r.sarif")}
	run.Outputs = append(run.Outputs, output)
	run.Warn = func(message string) {
		*warned = append(*warned, strings.ReplaceAll(message, dir+string(filepath.Separator), ""))
	}
	for _, path := range output.Paths(options.Split) {
		if err := os.WriteFile(path, bytes.Repeat([]byte("earlier "), 1<<17), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return run, dir, warned
}

// TestIncompleteRunLeavesNothingToUpload, least of all an earlier report. The exit code is the one that says incomplete.
func TestIncompleteRunLeavesNothingToUpload(t *testing.T) {
	t.Parallel()
	j := judge(t, "sharing/ami-public")
	told := []string{
		`sarif report "r.sarif" not written: the run is incomplete and code scanning would close the alerts that it does not see; ` +
			`--sarif-incomplete writes it anyway`,
	}
	all := []string{"r-2.sarif", "r-3.sarif", "r.sarif"}
	tests := []struct {
		name     string
		options  report.Options
		change   func(*audit.Run)
		code     gate.Code
		warnings []string
		files    []string
	}{
		{"whole", report.Options{}, func(*audit.Run) {}, gate.Clean, nil, []string{"r.sarif"}},
		{"whole, in parts", report.Options{Split: 3}, func(*audit.Run) {}, gate.Clean, nil, all},
		{"interrupted", report.Options{}, func(r *audit.Run) { r.Interrupted = true }, gate.Interrupted, told, nil},
		{"in parts", report.Options{Split: 3}, func(r *audit.Run) { r.Interrupted = true }, gate.Interrupted, told, nil},
		{"empty", report.Options{}, func(r *audit.Run) { r.Parts = audit.InMemory(nil) }, gate.Empty, told, nil},
		{
			"wanted", report.Options{Incomplete: true}, func(r *audit.Run) { r.Interrupted = true }, gate.Interrupted, nil,
			[]string{"r.sarif"},
		},
		{
			"full", report.Options{Profile: "full"}, func(r *audit.Run) { r.Interrupted = true }, gate.Interrupted, nil,
			[]string{"r.sarif"},
		},
		{
			"nobody listens", report.Options{}, func(r *audit.Run) { r.Interrupted, r.Warn = true, nil }, gate.Interrupted, nil, nil,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			run, dir, warned := sarifRun(t, test.options)
			test.change(&run)
			verdict, err := j.Do(t.Context(), run)
			if verdict.Code != test.code || err != nil {
				t.Errorf("code %d, %v, want %d", verdict.Code, err, test.code)
			}
			if diff := cmp.Diff(fmt.Sprint(test.warnings), fmt.Sprint(*warned)); diff != "" {
				t.Errorf("warnings:\n%s", diff)
			}
			names(t, dir, test.files...)
			for _, name := range test.files {
				// The earlier report was longer: nothing of it may be left behind the new one.
				if text, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !json.Valid(text) {
					t.Errorf("%s is broken: %v", name, err)
				}
			}
		})
	}
}

// TestWithheldOnStandardOutput prints nothing.
func TestWithheldOnStandardOutput(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	warned := ""
	run := running(&out, part(t, ireland))
	run.Outputs, run.Interrupted = []audit.Output{{Format: "sarif"}}, true
	run.Warn = func(message string) { warned += message }
	verdict, err := judge(t, "sharing/ami-public").Do(t.Context(), run)
	if verdict.Code != gate.Interrupted || err != nil || out.Len() > 0 {
		t.Errorf("code %d, %v, printed %q", verdict.Code, err, out.String())
	}
	if !strings.HasPrefix(warned, "sarif report on standard output not written: ") {
		t.Errorf("warned of %q", warned)
	}
}

// TestEarlierReportThatStays: somebody would upload it, so that this is no mere warning.
func TestEarlierReportThatStays(t *testing.T) {
	t.Parallel()
	run, dir, _ := sarifRun(t, report.Options{})
	run.Interrupted = true
	path := filepath.Join(dir, "r.sarif")
	parts, walks := run.Parts, 0
	// The inventory is walked a second time when the reports are open: then something that can't be removed gets there.
	run.Parts = func(yield func(inventory.Part, error) bool) {
		if walks++; walks == 2 {
			_ = os.Remove(path)
			_ = os.MkdirAll(filepath.Join(path, "x"), 0o700)
		}
		parts(yield)
	}
	verdict, err := judge(t, "sharing/ami-public").Do(t.Context(), run)
	if verdict.Code != gate.Interrupted || err == nil || !strings.Contains(err.Error(), "remove earlier report") {
		t.Errorf("code %d, %v", verdict.Code, err)
	}
}

// TestPartThatCannotBeOpened leaves none of the others behind.
func TestPartThatCannotBeOpened(t *testing.T) {
	t.Parallel()
	run, dir, _ := sarifRun(t, report.Options{Split: 3})
	part3 := filepath.Join(dir, "r-3.sarif")
	if err := os.Remove(part3); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(part3, 0o700); err != nil {
		t.Fatal(err)
	}
	verdict, err := judge(t, "sharing/ami-public").Do(t.Context(), run)
	if verdict.Code != gate.Unusable || err == nil {
		t.Errorf("code %d, %v", verdict.Code, err)
	}
	names(t, dir, "r-2.sarif", "r-3.sarif", "r.sarif")
}

func TestPaths(t *testing.T) {
	t.Parallel()
	tests := []struct {
		output audit.Output
		split  int
		want   []string
	}{
		{audit.Output{Format: "sarif"}, 3, nil},
		{audit.Output{Format: "sarif", Path: "a/b.sarif"}, 0, []string{"a/b.sarif"}},
		{audit.Output{Format: "sarif", Path: "a/b.sarif"}, 1, []string{"a/b.sarif"}},
		{audit.Output{Format: "sarif", Path: "a.b/c.sarif"}, 3, []string{"a.b/c.sarif", "a.b/c-2.sarif", "a.b/c-3.sarif"}},
		{audit.Output{Format: "sarif", Path: "a.b/c"}, 2, []string{"a.b/c", "a.b/c-2"}},
		{audit.Output{Format: "json", Path: "a.json"}, 3, []string{"a.json"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, test.output.Paths(test.split)); diff != "" {
			t.Errorf("%+v in %d: %s", test.output, test.split, diff)
		}
	}
}
