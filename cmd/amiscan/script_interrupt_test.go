package main

import (
	"net/http"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"bytes"
	"io"
	"net/url"

	"github.com/rogpeppe/go-internal/testscript"
)

// gatekeeper stands before a stub and never answers one action, so that a run can be interrupted while it waits.
type gatekeeper struct {
	next http.Handler
	hold string
	seen chan struct{}
	once sync.Once
}

func newGatekeeper(next http.Handler, hold string) *gatekeeper {
	return &gatekeeper{next: next, hold: hold, seen: make(chan struct{})}
}

// ServeHTTP keeps the caller of the held action waiting until it goes away.
func (g *gatekeeper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if g.hold != "" && actionOf(r, body) == g.hold {
		g.once.Do(func() { close(g.seen) })
		<-r.Context().Done()
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	g.next.ServeHTTP(w, r)
}

// actionOf is the operation's name in a request of AWS's query or JSON protocols.
func actionOf(r *http.Request, body []byte) string {
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		_, action, _ := strings.Cut(target, ".")
		return action
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return ""
	}
	return form.Get("Action")
}

// longestWait bounds the wait for a program that may have ended before its first call.
const longestWait = time.Minute

// lastKey finds the program that was interrupted.
type lastKey struct{}

type background struct{ command *exec.Cmd }

// interrupt waits until the stub was asked for the action that it holds, then interrupts the program in the background.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	commands := ts.BackgroundCmds()
	if neg || len(args) != 0 || len(commands) != 1 {
		ts.Fatalf("usage: interrupt, with one program in the background")
	}
	select {
	case <-ts.Value(serverKey{}).(*served).gate.seen:
	case <-time.After(longestWait):
		ts.Fatalf("the stub was not asked for %s within %v", ts.Value(serverKey{}).(*served).gate.hold, longestWait)
	}
	ts.Value(lastKey{}).(*background).command = commands[0]
	ts.Check(commands[0].Process.Signal(syscall.SIGINT))
}

// ended wants the exit code of the program that was interrupted and waited for: ended 130.
func ended(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: ended CODE")
	}
	state := ts.Value(lastKey{}).(*background).command.ProcessState
	if code := strconv.Itoa(state.ExitCode()); code != args[0] {
		ts.Fatalf("exit code %s, want %s", code, args[0])
	}
}
