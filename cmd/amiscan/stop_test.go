package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// stopping is a standard input at whose end the run is told to stop.
type stopping struct {
	io.Reader
	stop context.CancelFunc
}

// Read reads on, and stops the run.
func (s stopping) Read(p []byte) (int, error) {
	s.stop()
	return s.Reader.Read(p)
}

// Judging that is told to stop ends with 130, and leaves no report that looks whole.
func TestStoppedEval(t *testing.T) {
	t.Parallel()
	images, err := os.ReadFile(filepath.Join("..", "..", "testdata", "cli", "describe-images.json"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var stdout, stderr bytes.Buffer
	path := filepath.Join(t.TempDir(), "report.json")
	code := run(ctx, world{
		args:  []string{"amiscan", "eval", "-", "--account", "111122223333", "--region", "eu-west-1", "-o", "text", "-o", "json=" + path},
		stdin: stopping{bytes.NewReader(images), stop}, stdout: &stdout, stderr: &stderr,
		getenv: func(string) string { return "" }, now: time.Now,
	})
	if code != 130 || stdout.Len() > 0 || !strings.Contains(stderr.String(), "stopped before a report was written") {
		t.Errorf("exit code %d\n%s\n%s", code, stdout.String(), stderr.String())
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a report is there")
	}
}

// Whoever scans into an inventory that was begun before is told that it is not as of now.
func TestScanAgain(t *testing.T) {
	t.Parallel()
	_, there := startStub(t, orgParts(t))
	args := []string{"scan", "--org", "--select", "sharing/ami-public", "--inventory", filepath.Join(t.TempDir(), "inventory")}
	for _, want := range []int{0, 1} {
		code, report, problems := there.program(t, "amiscan", args...)
		if code != 1 || strings.Count(string(report), "8 of 8 units were in") != want {
			t.Errorf("exit code %d, the warning is wanted %d times\n%s\n%s", code, want, report, problems)
		}
	}
}
