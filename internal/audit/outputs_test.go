package audit

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/report"
)

var errFull = errors.New("disk is full")

// failing is a report that breaks at a finding, or at its end.
type failing struct{ atEnd bool }

func (f failing) Begin(report.Header) error { return nil }

func (f failing) Finding(finding.Finding) error {
	if f.atEnd {
		return nil
	}
	return errFull
}

func (f failing) End(report.Footer) error { return errFull }

// TestBrokenFileIsTakenAway leaves the earlier report in place and nothing beside it where a file breaks on the way.
func TestBrokenFileIsTakenAway(t *testing.T) {
	t.Parallel()
	for name, reporter := range map[string]failing{"at a finding": {}, "at the end": {atEnd: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "r.json")
			if err := os.WriteFile(path, []byte("earlier"), 0o600); err != nil {
				t.Fatal(err)
			}
			file, err := report.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			o := &outputs{open: []*output{{Reporter: reporter, files: []*report.File{file}, name: "json report"}}}
			o.begin(report.Header{})
			o.finding(finding.Finding{})
			o.endFiles(report.Footer{})
			if !errors.Is(o.err(), errFull) {
				t.Errorf("got %v", o.err())
			}
			text, err := os.ReadFile(path)
			entries, listErr := os.ReadDir(filepath.Dir(path))
			if err != nil || listErr != nil || string(text) != "earlier" || len(entries) != 1 {
				t.Errorf("%q, %d files, %v, %v", text, len(entries), err, listErr)
			}
		})
	}
}
