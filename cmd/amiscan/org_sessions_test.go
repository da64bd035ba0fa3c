package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/awsstub"
)

// Sessions that end in the middle are begun again: nothing is missing, and nothing is read twice.
func TestSessionsAreRenewed(t *testing.T) {
	t.Parallel()
	_, undisturbed := startStub(t, orgParts(t))
	stub, there := startStub(t, orgParts(t), awsstub.ExpireSessionsAfter(3))
	var parts [2]string
	for i, e := range []endpoint{undisturbed, there} {
		path := filepath.Join(t.TempDir(), "inventory")
		code, _, problems := e.programWith(t, []string{"AWS_MAX_ATTEMPTS=4"}, "amiscan", "collect", "--org",
			"--select", "sharing/*", "--inventory", path)
		if code != 0 {
			t.Fatalf("exit code %d\n%s", code, problems)
		}
		code, report, problems := e.program(t, "amiscan", "eval", path, "--select", "sharing/*", "--include-pass", "-o", "json",
			"--now", "2026-11-22")
		if code != 1 {
			t.Fatalf("eval: exit code %d\n%s", code, problems)
		}
		_, parts[i], _ = strings.Cut(string(report), `"findings":[`)
		parts[i], _, _ = strings.Cut(parts[i], `"evidence":{"inventory_sha256"`)
	}
	if parts[0] != parts[1] {
		t.Errorf("with sessions that end:\n%s\nwithout:\n%s", parts[1], parts[0])
	}
	if begun := stub.Calls()["sts:AssumeRole"]; begun <= 3 {
		t.Errorf("only %d sessions were begun", begun)
	}
}

// An account whose sessions can't be begun again costs nothing that was read: its unit is not kept, and the next run reads it.
func TestSessionsThatEndForGood(t *testing.T) {
	t.Parallel()
	_, there := startStub(t, orgParts(t), awsstub.ExpireSessionsAfter(2),
		awsstub.Fail("sts:AssumeRole", awsstub.Fault{Deny: true, FromCall: 5}))
	path := filepath.Join(t.TempDir(), "inventory")
	args := []string{"collect", "--org", "--select", "sharing/*", "--inventory", path}
	code, _, problems := there.programWith(t, []string{"AWS_MAX_ATTEMPTS=3"}, "amiscan", args...)
	if code != 3 || !strings.Contains(problems, "could not be read") {
		t.Errorf("exit code %d\n%s", code, problems)
	}
	code, report, problems := there.program(t, "amiscan", "eval", path, "--select", "sharing/*", "-o", "json")
	if code != 3 || !strings.Contains(string(report), "nothing was read of") || strings.Contains(string(report), "Expired") {
		t.Errorf("eval: exit code %d\n%s\n%s", code, problems, report)
	}
}
