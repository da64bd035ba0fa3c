package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/awsstub"
)

func TestOrganizationIsCollectedAndJudged(t *testing.T) {
	t.Parallel()
	stub, there := startStub(t, orgParts(t), awsstub.RefuseRole(refusedAccount))
	path := filepath.Join(t.TempDir(), "inventory")
	code, _, problems := there.program(t, "amiscan", "collect", "--org", "--select", "sharing/ami-public", "--inventory", path)
	if code != 3 {
		t.Errorf("collect: exit code %d\n%s", code, problems)
	}
	for _, want := range []string{refusedAccount, "sts:AssumeRole", "AccessDenied", "6 of 6 units", "1 SUSPENDED"} {
		if !strings.Contains(problems, want) {
			t.Errorf("collect does not say %q:\n%s", want, problems)
		}
	}
	for _, r := range stub.Writes() {
		t.Errorf("%s writes", r.Name())
	}
	code, report, problems := there.program(t, "amiscan", "eval", path, "--select", "sharing/ami-public", "-o", "json")
	if code != 3 {
		t.Errorf("eval: exit code %d\n%s\n%s", code, report, problems)
	}
	for _, want := range []string{`"sharing/ami-public"`, dataAccount, refusedAccount, "sts:AssumeRole"} {
		if !strings.Contains(string(report), want) {
			t.Errorf("the report does not say %q:\n%s", want, report)
		}
	}
}

// Whoever resumes asks nothing that was answered before.
func TestOrganizationIsResumed(t *testing.T) {
	t.Parallel()
	stub, there := startStub(t, orgParts(t))
	args := []string{"collect", "--org", "--select", "sharing/ami-public", "--inventory", filepath.Join(t.TempDir(), "inventory")}
	if code, _, problems := there.program(t, "amiscan", args...); code != 0 {
		t.Fatalf("exit code %d\n%s", code, problems)
	}
	before := stub.Calls()
	code, _, problems := there.program(t, "amiscan", args...)
	if code != 0 || !strings.Contains(problems, "8 of 8 units") || !strings.Contains(problems, "(8 were there before)") {
		t.Errorf("exit code %d\n%s", code, problems)
	}
	again := []string{"sts:GetCallerIdentity", "organizations:DescribeOrganization", "ec2:DescribeRegions"}
	for action, calls := range stub.Calls() {
		if calls > before[action] && !slices.Contains(again, action) {
			t.Errorf("%s was called %d times more", action, calls-before[action])
		}
	}
}

// Filters choose accounts; what they leave out is neither entered nor missed.
func TestOrganizationIsFiltered(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		flags    []string
		accounts []string
	}{
		"accounts":     {[]string{"--account", webAccount, "--account", dataAccount}, []string{webAccount, dataAccount}},
		"skipped":      {[]string{"--skip-account", managementAccount + "," + refusedAccount}, []string{webAccount, dataAccount}},
		"a unit":       {[]string{"--ou", "ou-ab12-11111111"}, []string{webAccount}},
		"the root":     {[]string{"--ou", "r-ab12"}, []string{managementAccount, webAccount, dataAccount, refusedAccount}},
		"tags":         {[]string{"--account-tag", "team=team-2"}, []string{dataAccount}},
		"tags, nobody": {[]string{"--account-tag", "team=team-2", "--account-tag", "stage=prod"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, there := startStub(t, orgParts(t))
			path := filepath.Join(t.TempDir(), "inventory")
			flags := append([]string{"collect", "--org", "--region", "eu-west-1", "--select", "sharing/ami-public", "--inventory", path}, test.flags...)
			if code, _, problems := there.program(t, "amiscan", flags...); code != 0 {
				t.Fatalf("exit code %d\n%s", code, problems)
			}
			found, err := filepath.Glob(filepath.Join(path, "account=*", "region=eu-west-1"))
			if err != nil {
				t.Fatal(err)
			}
			var accounts []string
			for _, dir := range found {
				accounts = append(accounts, strings.TrimPrefix(filepath.Base(filepath.Dir(dir)), "account="))
			}
			if want := slices.Sorted(slices.Values(test.accounts)); !slices.Equal(accounts, want) {
				t.Errorf("accounts %v, want %v", accounts, want)
			}
		})
	}
}

// An organization that can't be listed is nothing to judge: one line says what is missing.
func TestOrganizationThatCanNotBeListed(t *testing.T) {
	t.Parallel()
	_, there := startStub(t, orgParts(t), awsstub.Deny("organizations:ListAccounts"))
	path := filepath.Join(t.TempDir(), "inventory")
	code, _, problems := there.program(t, "amiscan", "collect", "--org", "--inventory", path)
	if code != 2 || !strings.Contains(problems, "organizations:ListAccounts") || strings.Count(problems, "error:") != 1 ||
		!strings.Contains(problems, "hint:") {
		t.Errorf("exit code %d\n%s", code, problems)
	}
}

// A scan of the organization needs no place of its own and says the same.
func TestOrganizationIsScanned(t *testing.T) {
	t.Parallel()
	_, there := startStub(t, orgParts(t))
	code, report, problems := there.program(t, "amiscan", "scan", "--org", "--select", "sharing/ami-public", "-o", "json")
	if code != 1 {
		t.Errorf("exit code %d\n%s", code, problems)
	}
	for _, want := range []string{dataAccount, `"account_name":"account-2"`, `"accounts":4`, "ou-ab12-11111112"} {
		if !strings.Contains(string(report), want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}

// An estimate knows the accounts and enters none of them.
func TestOrganizationIsEstimated(t *testing.T) {
	t.Parallel()
	stub, there := startStub(t, orgParts(t))
	code, out, problems := there.program(t, "amiscan", "scan", "--org", "--dry-run", "--select", "sharing/ami-public")
	if code != 0 || !strings.Contains(string(out), "1 call in each of 8 units") || !strings.Contains(string(out), "unit "+webAccount) ||
		strings.Contains(string(out), suspendedAccount) {
		t.Errorf("exit code %d\n%s%s", code, out, problems)
	}
	for _, action := range []string{"sts:AssumeRole", "ec2:DescribeImages"} {
		if n := stub.Calls()[action]; n > 0 {
			t.Errorf("%s was called %d times", action, n)
		}
	}
}
