package report

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// names lists a directory.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, entry := range entries {
		found = append(found, entry.Name())
	}
	return found
}

func create(t *testing.T, path, text string) *File {
	t.Helper()
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return f
}

// wantTarget asks for an error that names the report, not the temporary file that nobody asked for.
func wantTarget(t *testing.T, err error, path string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), ".tmp") {
		t.Errorf("got %v, want an error that names %s alone", err, path)
	}
}

func TestCommitReplacesTheWholeReport(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "report.json")
	if err := os.WriteFile(path, []byte("a much longer report of yesterday"), 0o640); err != nil {
		t.Fatal(err)
	}
	f := create(t, path, "short")
	if got := string(readFile(t, path)); !strings.HasSuffix(got, "yesterday") {
		t.Errorf("the old report is gone before the commit: %q", got)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	if got := string(readFile(t, path)); got != "short" {
		t.Errorf("got %q", got)
	}
	if found := names(t, filepath.Dir(path)); len(found) != 1 {
		t.Errorf("left behind: %v", found)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, error %v", info.Mode(), err)
	}
}

func TestAbortLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := create(t, filepath.Join(dir, "report.json"), "half")
	if err := errors.Join(f.Abort(), f.Abort()); err != nil {
		t.Fatal(err)
	}
	if found := names(t, dir); len(found) > 0 {
		t.Errorf("left behind: %v", found)
	}
	if err := f.Commit(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("commit after abort: %v", err)
	}
}

func TestAbortAfterCommitKeepsTheReport(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "report.json")
	f := create(t, path, "whole")
	if err := errors.Join(f.Commit(), f.Abort()); err != nil {
		t.Fatal(err)
	}
	if got := string(readFile(t, path)); got != "whole" {
		t.Errorf("got %q", got)
	}
}

func TestCommitThatCannotRenameLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "report.json")
	f := create(t, path, "whole")
	if err := os.MkdirAll(filepath.Join(path, "in the way"), 0o755); err != nil {
		t.Fatal(err)
	}
	wantTarget(t, f.Commit(), path)
	if found := names(t, dir); len(found) != 1 {
		t.Errorf("left behind: %v", found)
	}
}

func TestCreateNamesThePath(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, path := range map[string]string{"a directory": dir, "no directory": filepath.Join(dir, "none", "r.json")} {
		_, err := Create(path)
		t.Log(name)
		wantTarget(t, err, path)
	}
	if _, err := Create(filepath.Join(dir, "none", "r.json")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want fs.ErrNotExist", err)
	}
}

func TestWriteErrorNamesThePath(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "report.json")
	f := create(t, path, "")
	if err := f.Abort(); err != nil {
		t.Fatal(err)
	}
	_, err := f.Write([]byte("x"))
	wantTarget(t, err, path)
}

func TestSymbolicLinksAreFollowed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	original, linked := filepath.Join(dir, "real.json"), filepath.Join(dir, "link.json")
	if err := os.WriteFile(original, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(original, linked); err != nil {
		t.Logf("no symbolic links here: %v", err)
		return
	}
	if err := create(t, linked, "new").Commit(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(linked)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link was replaced: %v, %v", info, err)
	}
	if got := string(readFile(t, original)); got != "new" {
		t.Errorf("got %q", got)
	}
}

func TestDevicesAreNotReplaced(t *testing.T) {
	t.Parallel()
	f, err := Create(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	if f.temp != "" {
		t.Fatal("a device is about to be replaced")
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
}
