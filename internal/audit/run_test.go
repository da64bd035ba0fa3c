package audit_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/gate"
	"github.com/amiscan/amiscan/internal/inventory"
)

var errDisk = errors.New("disk is full")

// brokenWriter takes so many bytes and then fails.
type brokenWriter struct{ left int }

func (b *brokenWriter) Write(p []byte) (int, error) {
	if len(p) > b.left {
		return 0, errDisk
	}
	b.left -= len(p)
	return len(p), nil
}

// TestVerdicts plays whole runs.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	j := judge(t, "sharing/ami-public")
	here, there := part(t, ireland), part(t, "eu-central-1")
	asked := inventory.Manifest{Caller: ours, Regions: []string{"eu-central-1", ireland}}
	tests := []struct {
		name   string
		change func(*audit.Run)
		want   gate.Verdict
	}{
		{"a public image", func(*audit.Run) {}, gate.Verdict{Code: gate.Failed, Reason: "1 critical"}},
		{
			"a unit that was never read", func(r *audit.Run) { r.Manifest = asked },
			gate.Verdict{
				Code: gate.Incomplete, Reason: "1 unit incomplete: nothing read of 111122223333/eu-central-1; also 1 critical",
			},
		},
		{
			"all units are there", func(r *audit.Run) { r.Manifest, r.Parts = asked, audit.InMemory([]inventory.Part{there, here}) },
			gate.Verdict{Code: gate.Failed, Reason: "2 critical"},
		},
		{
			"an image that is not there", func(r *audit.Run) { r.NotFound = []string{"image \"x\" was not found"} },
			gate.Verdict{Code: gate.Empty, Reason: "image \"x\" was not found; also 1 critical"},
		},
		{
			"interrupted", func(r *audit.Run) { r.Interrupted = true },
			gate.Verdict{Code: gate.Interrupted, Reason: "interrupted; also 1 critical"},
		},
		{
			"nothing at all", func(r *audit.Run) { r.Parts = audit.InMemory(nil) },
			gate.Verdict{Code: gate.Empty, Reason: "the selection matched no resource"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			run := running(io.Discard, here)
			run.Gate = gate.Options{FailOn: finding.High}
			test.change(&run)
			got, err := j.Do(t.Context(), run)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestReportsThatBreak lets standard output fail after every number of bytes: the verdict is then incomplete, the other
// report is whole, and nothing else is left in its directory.
func TestReportsThatBreak(t *testing.T) {
	t.Parallel()
	j := judge(t, "sharing/ami-public")
	var whole bytes.Buffer
	if _, err := j.Do(t.Context(), running(&whole, part(t, ireland))); err != nil {
		t.Fatal(err)
	}
	for left := 0; left < whole.Len(); left += 97 {
		dir := t.TempDir()
		run := running(&brokenWriter{left}, part(t, ireland))
		run.Outputs = append(run.Outputs, audit.Output{Format: "json", Path: filepath.Join(dir, "r.json")})
		verdict, err := j.Do(t.Context(), run)
		if verdict.Code != gate.Incomplete || !errors.Is(err, errDisk) {
			t.Fatalf("after %d bytes: code %d, %v", left, verdict.Code, err)
		}
		names(t, dir, "r.json")
		if text, err := os.ReadFile(filepath.Join(dir, "r.json")); err != nil || !json.Valid(text) {
			t.Fatalf("after %d bytes the other report is broken: %v", left, err)
		}
	}
}

// TestNothingIsWrittenBeforeAllOpen refuses before the first byte where one of several places is wrong.
func TestNothingIsWrittenBeforeAllOpen(t *testing.T) {
	t.Parallel()
	j := judge(t, "sharing/ami-public")
	tests := []struct {
		name string
		bad  audit.Output
	}{
		{"no such format", audit.Output{Format: "yaml"}},
		{"no such format, to a file", audit.Output{Format: "yaml", Path: "r.yaml"}},
		{"no such directory", audit.Output{Format: "json", Path: filepath.Join("absent", "r.json")}},
		{"a directory", audit.Output{Format: "json", Path: "."}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir, out := t.TempDir(), &bytes.Buffer{}
			run := running(out, part(t, ireland))
			run.Outputs = append(run.Outputs, audit.Output{Format: "sarif", Path: filepath.Join(dir, "r.sarif")}, test.bad)
			verdict, err := j.Do(t.Context(), run)
			if verdict.Code != gate.Unusable || err == nil {
				t.Errorf("code %d, %v", verdict.Code, err)
			}
			if out.Len() > 0 {
				t.Errorf("%d bytes were written", out.Len())
			}
			names(t, dir)
		})
	}
}

// TestPartThatBreaks stops before anything is written where a part can't be read.
func TestPartThatBreaks(t *testing.T) {
	t.Parallel()
	dir, out := t.TempDir(), &bytes.Buffer{}
	run := running(out)
	run.Outputs = append(run.Outputs, audit.Output{Format: "text", Path: filepath.Join(dir, "r.txt")})
	run.Parts = func(yield func(inventory.Part, error) bool) {
		_ = yield(part(t, ireland), nil) && yield(inventory.Part{}, errDisk)
	}
	verdict, err := judge(t, "sharing/ami-public").Do(t.Context(), run)
	if verdict.Code != gate.Unusable || !errors.Is(err, errDisk) || out.Len() > 0 {
		t.Errorf("code %d, %v, %d bytes", verdict.Code, err, out.Len())
	}
	names(t, dir)
}

// TestMinSeverity leaves milder findings out of the report and in the count.
func TestMinSeverity(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	run := running(&out, part(t, ireland))
	run.Gate, run.MinSeverity = gate.Options{FailOn: finding.Low}, finding.Critical
	verdict, err := judge(t, "lifecycle/ami-no-deprecation").Do(t.Context(), run)
	if err != nil || verdict.Code != gate.Failed {
		t.Errorf("code %d, %v", verdict.Code, err)
	}
	if strings.Contains(out.String(), `"outcome":"fail"`) {
		t.Error("a mild finding is in the report")
	}
}

// names wants a directory to hold these files and no others, hidden ones included.
func names(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files in the directory:\n%s", diff)
	}
}
