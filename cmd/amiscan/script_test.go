package main

import (
	"errors"
	"flag"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// update lets failing cmp lines of the scripts rewrite the files inside them.
var update = flag.Bool("update", false, "rewrite the golden files inside testdata/script")

// saved is where saved AWS CLI output for the scripts stands; they find it as cli/.
const saved = "../../testdata/cli"

// TestMain lets the test binary be amiscan itself when it is called by that name, and amiscan with a clock that stands still.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"amiscan": main, "amiscan-clock": func() { os.Exit(start(func() time.Time { return stillClock })) },
	})
}

// stillClock is what the clock of amiscan-clock shows.
var stillClock = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// TestScripts runs the command line as people do. The scripts get none of the caller's environment.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "../../testdata/script", UpdateScripts: *update, RequireUniqueNames: true, ContinueOnError: true,
		Setup: func(env *testscript.Env) error {
			env.Values[serverKey{}] = &served{}
			env.Values[lastKey{}] = new(background)
			return prepareScript(env)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "refused": refused, "stub": stubCommand, "calls": callsCommand, "interrupt": interrupt,
			"ended": ended, "valid": valid, "json": jsonCommand, "oversize": oversize, "nothing": nothing, "silent": silent,
			"within": within, "query": query, "same": same,
		},
	})
}

// prepareScript clears what could lead to a real account and copies the saved output.
func prepareScript(env *testscript.Env) error {
	home := filepath.Join(env.WorkDir, "home")
	if err := os.Mkdir(home, 0o755); err != nil {
		return err
	}
	env.Setenv("HOME", home)
	env.Setenv("USERPROFILE", home)
	env.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	env.Setenv("NO_PROXY", "127.0.0.1")
	return os.CopyFS(filepath.Join(env.WorkDir, "cli"), os.DirFS(saved))
}

// exits runs a program and wants its exit code: exits 3 amiscan scan.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARGUMENT]...")
	}
	code := codeOfProcess(ts.Exec(args[1], args[2:]...))
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
	for _, trace := range []string{"goroutine ", "panic:"} {
		if strings.Contains(ts.ReadFile("stderr"), trace) {
			ts.Fatalf("a stack trace on standard error")
		}
	}
}

// codeOfProcess is -1 for a program that did not run.
func codeOfProcess(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	return -1
}

// refused looks at the last run: nothing on standard output, one error: line that matches, and a hint: line that matches
// where a second pattern is given.
func refused(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: refused ERROR [HINT]")
	}
	if out := ts.ReadFile("stdout"); out != "" {
		ts.Fatalf("standard output holds %q", out)
	}
	oneLineThat(ts, "error: ", args[0])
	if len(args) == 2 {
		oneLineThat(ts, "hint: ", args[1])
	}
}

func oneLineThat(ts *testscript.TestScript, prefix, pattern string) {
	var found []string
	for line := range strings.Lines(ts.ReadFile("stderr")) {
		if rest, ok := strings.CutPrefix(line, prefix); ok {
			found = append(found, strings.TrimSuffix(rest, "\n"))
		}
	}
	if len(found) != 1 {
		ts.Fatalf("%d lines begin with %q, want 1", len(found), prefix)
	}
	if !regexp.MustCompile(pattern).MatchString(found[0]) {
		ts.Fatalf("%q does not match %q", found[0], pattern)
	}
}

// nothing wants a directory to be empty, hidden files included: nothing NAME.
func nothing(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: nothing DIR")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	for _, entry := range entries {
		ts.Fatalf("%s holds %s", args[0], entry.Name())
	}
}

// oversize makes a file so many bytes long, with zeros that take no room: oversize FILE BYTES.
func oversize(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: oversize FILE BYTES")
	}
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	file, err := os.OpenFile(ts.MkAbs(args[0]), os.O_CREATE|os.O_WRONLY, 0o600)
	ts.Check(err)
	ts.Check(errors.Join(file.Truncate(size), file.Close()))
}

// within runs another command and wants it to end in time: within 20s exits 2 amiscan scan. The bound is generous, since
// the machine may be busy: it tells seconds from the minutes that the SDK would wait.
func within(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 || args[1] != "exits" {
		ts.Fatalf("usage: within TIME exits CODE PROGRAM [ARGUMENT]...")
	}
	limit, err := time.ParseDuration(args[0])
	ts.Check(err)
	begun := time.Now()
	exits(ts, false, args[2:])
	ts.Logf("took %s", time.Since(begun).Round(time.Millisecond))
	if time.Since(begun) > limit {
		ts.Fatalf("took %s", time.Since(begun))
	}
}

// silent stands for an address that takes connections and never answers, as a metadata service behind a firewall does.
func silent(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: silent")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { _ = listener.Close() }) // nothing was served
	ts.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://"+listener.Addr().String())
}
