package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	madeup "github.com/amiscan/amiscan/internal/awsstub/estate"
)

// shards is how many workers divide the audit of these tests.
const shards = 8

// startEstate serves a generated organization.
func startEstate(t testing.TB, size madeup.Size, options ...awsstub.Option) (*awsstub.Stub, endpoint) {
	t.Helper()
	made, err := madeup.New(size)
	if err != nil {
		t.Fatal(err)
	}
	stub, err := awsstub.NewFrom(made, options...)
	if err != nil {
		t.Fatal(err)
	}
	return stub, endpoint{url: urlOf(t, stub), region: "us-east-1", key: "AKIDMANAGEMENT", secret: "none"}
}

// Eight workers divide an audit; some are killed where they stand and started again. What they leave together is, byte for
// byte, what one undisturbed worker leaves, and so is the report.
func TestKilledShardsLeaveTheSame(t *testing.T) {
	t.Parallel()
	size := madeup.Size{Seed: 7, Accounts: 40, Regions: []string{"eu-west-1", "us-east-1"}, LargeImages: 50}
	_, quiet := startEstate(t, size)
	alone := filepath.Join(t.TempDir(), "inventory")
	collectInto(t, quiet, alone)

	stub, busy := startEstate(t, size, awsstub.Latency(2*time.Millisecond))
	together := filepath.Join(t.TempDir(), "inventory")
	workers := make([]*exec.Cmd, shards)
	for i := range workers {
		workers[i] = startShard(t, busy, together, i+1)
	}
	for round, i := range []int{1, 4, 6} {
		awaitCalls(t, stub, 300*(round+1))
		_ = workers[i].Process.Kill() // it may have ended by then
	}
	for i, worker := range workers {
		if err := worker.Wait(); err == nil {
			continue
		}
		again := startShard(t, busy, together, i+1)
		if err := again.Wait(); err != nil {
			t.Fatalf("shard %d: %v\n%s", i+1, err, again.Stderr)
		}
	}
	sameFiles(t, alone, together)
	if diff := cmp.Diff(reportOn(t, quiet, alone), reportOn(t, quiet, together)); diff != "" {
		t.Errorf("reports (-one worker +eight):\n%s", diff)
	}
}

func collectInto(t *testing.T, e endpoint, path string, flags ...string) {
	t.Helper()
	args := append([]string{"collect", "--org", "--rate", "100000", "--quiet", "--inventory", path}, flags...)
	if code, _, problems := e.program(t, "amiscan-clock", args...); code != 0 {
		t.Fatalf("exit code %d\n%s", code, problems)
	}
}

// startShard starts one of the workers, by its number from 1 on; 0 is one that reads everything.
func startShard(t *testing.T, e endpoint, path string, index int) *exec.Cmd {
	t.Helper()
	args := []string{"collect", "--org", "--rate", "100000", "--quiet", "--inventory", path}
	if index > 0 {
		args = append(args, "--shard", fmt.Sprintf("%d/%d", index, shards))
	}
	command := exec.CommandContext(t.Context(), "amiscan-clock", args...)
	command.Env, command.Stderr = e.environment(t), &bytes.Buffer{}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	return command
}

// awaitCalls waits until the stub was asked so often.
func awaitCalls(t *testing.T, stub *awsstub.Stub, calls int) {
	t.Helper()
	for sumOf(stub.Calls()) < calls {
		if t.Context().Err() != nil {
			t.Fatal("the workers never came so far")
		}
		time.Sleep(time.Millisecond)
	}
}

// sameFiles compares two inventories, file by file. What a killed worker left half written has a name of its own and is
// nobody's part.
func sameFiles(t *testing.T, want, got string) {
	t.Helper()
	a, b := filesOf(t, want), filesOf(t, got)
	if len(a) < 2 {
		t.Errorf("only %d files in %s", len(a), want)
	}
	for name, bytes := range a {
		if string(b[name]) != string(bytes) {
			t.Errorf("%s differs: %d and %d bytes", name, len(bytes), len(b[name]))
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			t.Errorf("%s was not read by one worker", name)
		}
	}
}

func filesOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) == ".tmp" {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[name], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// reportOn judges an inventory under a name that does not tell where it stands.
func reportOn(t *testing.T, e endpoint, path string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "amiscan-clock", "eval", filepath.Base(path), "-o", "json", "--quiet",
		"--fail-on", "none", "--allow-partial")
	command.Dir, command.Env = filepath.Dir(path), e.environment(t)
	report, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(report)
}
