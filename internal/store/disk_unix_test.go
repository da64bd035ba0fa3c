//go:build unix

package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestPutOnAFullDisk(t *testing.T) {
	t.Parallel()
	dir, path := create(t, part("1", "a", "done"))
	command := exec.CommandContext(t.Context(), os.Args[0])
	command.Env = []string{smallVariable + "=" + path}
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := `put part: "` + filepath.Join(path, "account=1", "region=b", partName) + `": file too large` + "\n" +
		"make room and run again: the units that are done are kept\n"
	if string(out) != want {
		t.Errorf("said %s, want %s", out, want)
	}
	entries, err := os.ReadDir(filepath.Join(path, "account=1", "region=b"))
	if err != nil || len(entries) != 0 {
		t.Errorf("left %v, %v", entries, err)
	}
	if _, err := dir.Part(t.Context(), unit("1", "b")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the part is there: %v", err)
	}
	if has, err := dir.Has(t.Context(), unit("1", "b")); has || err != nil {
		t.Errorf("Has is %v, %v", has, err)
	}
	if err := dir.Put(t.Context(), part("1", "b", "now")); err != nil || len(collect(t, dir)) != 2 {
		t.Errorf("once there is room: %v", err)
	}
}

// putSmall tries to put a part that has no room, and says what it is told.
func putSmall(path string) error {
	signal.Ignore(syscall.SIGXFSZ) // or the limit would end the process
	dir, err := openDir(path)
	if err != nil {
		return err
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 10, Max: 10}); err != nil {
		return err
	}
	err = dir.Put(context.Background(), part("1", "b", strings.Repeat("name ", 100)))
	var hinted interface{ Hint() string }
	if err == nil || !errors.As(err, &hinted) {
		return errors.New("no error with a hint")
	}
	_, _ = os.Stdout.WriteString(err.Error() + "\n" + hinted.Hint() + "\n")
	return nil
}
