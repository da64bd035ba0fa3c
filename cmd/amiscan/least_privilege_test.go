package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/schema"
	"github.com/amiscan/amiscan/policies"
)

// TestScanCallsWhatTheRoleAllows scans an account that has one of everything: the actions on the wire are exactly those
// of the role that `amiscan iam` prints for the same policies. One more would be denied, one less is a right too many.
func TestScanCallsWhatTheRoleAllows(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		flags []string
	}{
		{"public images and snapshots", []string{
			"--region", scriptRegion,
			"--select", "sharing/ami-public,sharing/snapshot-public,account/image-bpa-off,account/snapshot-bpa-not-all"}},
		{"who can use the key of a shared image", []string{
			"--region", scriptRegion, "--select", "encryption/ami-shared-key-not-usable"}},
		{"everything about launches", []string{"--region", scriptRegion, "--select", "launch/*"}},
		{"the account's settings", []string{"--region", scriptRegion, "--select", "account/*"}},
		{"everything by default", []string{"--region", scriptRegion}},
		{"everything there is", []string{"--region", scriptRegion, "--select", "*"}},
		{"everything by default, no region named", nil},
		{"one image", []string{"--image", estateImage, "--region", scriptRegion}},
		{"one image, no region named", []string{"--image", estateImage}},
		{"one image and a policy of the whole unit", []string{
			"--image", estateImage, "--region", scriptRegion, "--select", "launch/lt-image-gone,sharing/ami-public"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(roleActions(t, test.flags...), wireActions(t, test.flags...)); diff != "" {
				t.Errorf("actions (-role +wire):\n%s", diff)
			}
		})
	}
}

// roleActions are the actions of the role that `amiscan iam` prints, sorted.
func roleActions(t *testing.T, flags ...string) []string {
	t.Helper()
	code, out, problems := amiscan(t, append([]string{"iam"}, flags...)...)
	if code != 0 {
		t.Fatalf("exit code %d\n%s", code, problems)
	}
	var document struct {
		Statement []struct {
			Effect, Resource string
			Action           []string
		}
	}
	if err := json.Unmarshal([]byte(out), &document); err != nil {
		t.Fatal(err)
	}
	var actions []string
	for _, s := range document.Statement {
		if s.Effect != "Allow" || s.Resource != "*" {
			t.Errorf("statement %+v is no plain permission", s)
		}
		actions = append(actions, s.Action...)
	}
	slices.Sort(actions)
	return actions
}

// wireActions are the actions that a scan of the estate asks for, sorted. Nothing of it may be refused, and none may write.
func wireActions(t *testing.T, flags ...string) []string {
	t.Helper()
	stub, there := startStub(t, []inventory.Part{estate()})
	path := filepath.Join(t.TempDir(), "r.json")
	args := append([]string{"scan", "--now", judgedAt, "--rate", "1000", "--fail-on", "none", "-o", "json=" + path}, flags...)
	code, _, problems := there.program(t, "amiscan", args...)
	if code != 0 {
		t.Errorf("exit code %d: in this account everything can be read\n%s", code, problems)
	}
	r := readReport(t, path)
	for _, f := range r.Findings {
		if f.Reason == "not_collected" {
			t.Errorf("%s of %s is unknown: %+v", f.Policy, f.Resource.ID, f.Gaps)
		}
	}
	for _, c := range r.Coverage {
		if !inventory.Status(c.Status).IsAnswer() {
			t.Errorf("%s.%s is %s (%s)", c.Kind, c.Fact, c.Status, c.Code)
		}
	}
	for _, r := range stub.Writes() {
		t.Errorf("%s writes", r.Name())
	}
	return slices.Sorted(maps.Keys(stub.Calls()))
}

// TestEverythingIsAskedFor reads every fact that a policy can read, by a policy of its own for each kind that is judged:
// whatever policies are yet to come, their role is what they ask for. The estate has something of every kind.
func TestEverythingIsAskedFor(t *testing.T) {
	t.Parallel()
	there := map[string]bool{}
	for _, r := range estate().Resources {
		there[r.Kind] = true
	}
	for _, kind := range inventory.Kinds() {
		// Accounts are found before the first unit is read.
		if !there[kind] && kind != inventory.Account {
			t.Errorf("the estate has no %s", kind)
		}
	}
	flags := []string{"--region", scriptRegion, "--policy", policiesOverEverything(t), "--select", "own/*"}
	if diff := cmp.Diff(roleActions(t, flags...), wireActions(t, flags...)); diff != "" {
		t.Errorf("actions (-role +wire):\n%s", diff)
	}
}

// policiesOverEverything writes one policy for each kind that is judged, which reads every fact that the kind has; the
// other kinds are what these facts lead to.
func policiesOverEverything(t *testing.T) string {
	t.Helper()
	judged, err := policies.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for kind := range judged {
		if kind == inventory.Launcher {
			continue
		}
		var rego strings.Builder
		fmt.Fprintf(&rego, "# METADATA\n# title: Everything of %[1]s\n# description: Reads every fact.\n# scope: package\n# schemas:\n"+
			"#   - input: schema.%[1]s\n# custom:\n#   severity: info\n#   resource: %[1]s\n#   remediation: None.\n#   controls: []\n"+
			"package amiscan.own.all_of_%[1]s\n\nviolation contains {\"msg\": \"never\"} if {\n\tinput.id == \"\"\n", kind)
		for _, fact := range schema.Catalog().Names(kind) {
			fmt.Fprintf(&rego, "\tinput.%s\n", fact)
		}
		rego.WriteString("}\n")
		if err := os.WriteFile(filepath.Join(dir, "all_of_"+kind+".rego"), []byte(rego.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
