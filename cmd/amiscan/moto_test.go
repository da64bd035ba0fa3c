package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/outside"
)

// motoAccount is the account that moto's callers belong to.
const motoAccount = "123456789012"

// against is a running moto with state in it, and the program under test.
type against struct {
	endpoint
	seeded
	binary string
	// policies are those of the table of verdicts, as --select takes them.
	policies string
	// full is the report of a scan of everything.
	full jsonReport
}

// TestMoto scans moto, a server that nobody here wrote, with the built binary.
func TestMoto(t *testing.T) {
	t.Parallel()
	moto := outside.OrLeftOut(t, outside.Moto)
	if moto == "" {
		return
	}
	images, err := filepath.Abs(saved + "/moto-images.json")
	if err != nil {
		t.Fatal(err)
	}
	a := &against{endpoint: startMoto(t, moto, "MOTO_AMIS_PATH="+images), binary: buildBinary(t)}
	a.seeded, a.policies = seed(t, a.endpoint), policiesOf(readTable(t, saved+"/moto-verdicts.txt"))
	a.scanExactly(t)
	t.Run("a call that moto lacks is unsupported", a.lacking)
	t.Run("a denied call is denied", func(t *testing.T) { deniedByIAM(t, moto, a.binary) })
	t.Run("the state as the AWS CLI prints it", a.dumped)
}

// scanExactly holds a scan of everything to the committed table.
func (a *against) scanExactly(t *testing.T) {
	dir := t.TempDir()
	code, out, problems := a.program(t, a.binary, "scan", "--region", "us-east-1", "--now", judgedAt, "--include-pass",
		"--select", a.policies, "-o", "text", "-o", "json="+filepath.Join(dir, "r.json"), "-o", "sarif="+filepath.Join(dir, "r.sarif"))
	if code != 1 {
		t.Fatalf("exit code %d, want 1\n%s%s", code, out, problems)
	}
	a.full = readReport(t, filepath.Join(dir, "r.json"))
	want, got := readTable(t, saved+"/moto-verdicts.txt"), a.full.verdicts(a.name)
	dropNotApplicable(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("verdicts (-table +amiscan):\n%s", diff)
	}
	if schema := outside.OrLeftOut(t, outside.SARIFSchema); schema != "" {
		text, err := os.ReadFile(filepath.Join(dir, "r.sarif"))
		if err == nil {
			err = validate(schema, text)
		}
		if err != nil {
			t.Error(err)
		}
	}
}

// name is what the table calls a finding's resource; moto makes up most ids anew in each run.
func (a *against) name(f jsonFinding) string {
	if name, ok := a.names[f.Resource.ID]; ok {
		return name
	}
	return f.Resource.Kind
}

func readReport(t *testing.T, path string) jsonReport {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var r jsonReport
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// lacking lets moto lack one call after the other: what needs it is unknown and names it, and everything that stays
// certain is as it was.
func (a *against) lacking(t *testing.T) {
	for _, action := range []string{
		"ec2:DescribeImages", "ec2:DescribeImageAttribute", "ec2:DescribeSnapshots", "ec2:DescribeSnapshotAttribute",
		"ec2:DescribeLaunchTemplateVersions", "kms:DescribeKey", "ssm:GetParameters", "organizations:DescribeOrganization",
	} {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			code, r := a.scanWithout(t, action)
			if code != 3 {
				t.Errorf("exit code %d, want 3", code)
			}
			if !r.lacks(action, "unsupported") {
				t.Errorf("no unknown verdict names %s as unsupported", action)
			}
			a.sound(t, r)
		})
	}
}

// scanWithout scans with a proxy in between that answers one action as moto answers what it doesn't know.
func (a *against) scanWithout(t *testing.T, action string) (int, jsonReport) {
	t.Helper()
	front := a.endpoint
	front.url = lackingProxy(t, a.url, action)
	path := filepath.Join(t.TempDir(), "r.json")
	code, out, problems := front.program(t, a.binary, "scan", "--region", "us-east-1", "--now", judgedAt, "--include-pass",
		"--select", a.policies, "-o", "json="+path)
	if code == 2 {
		t.Fatalf("%s%s", out, problems)
	}
	return code, readReport(t, path)
}

// lacks reports whether an unknown verdict depends on a call with this status.
func (r jsonReport) lacks(action, status string) bool {
	return slices.ContainsFunc(r.Findings, func(f jsonFinding) bool {
		return f.Outcome == "unknown" && slices.ContainsFunc(f.Gaps, func(g struct{ Fact, Status, Action, Code string }) bool {
			return strings.Contains(g.Action, action) && g.Status == status
		})
	})
}

// sound fails where a verdict turned from pass to fail or back because something was not seen.
func (a *against) sound(t *testing.T, r jsonReport) {
	t.Helper()
	full := a.full.verdicts(a.name)
	for key, word := range r.verdicts(a.name) {
		if was, ok := full[key]; ok && word != was && word != "gap" {
			t.Errorf("%s was %s with everything seen and is %s with less", key, was, word)
		}
	}
}
