package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// The accounts of the organization that these tests read.
const (
	managementAccount = "999900001111"
	webAccount        = "111122223333"
	dataAccount       = "222233334444"
	refusedAccount    = "333344445555"
	suspendedAccount  = "444455556666"
)

var orgTime = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// orgParts is an organization of five accounts, one of which is suspended: two regions each, a public image in one of them.
func orgParts(t *testing.T) []inventory.Part {
	t.Helper()
	parts := []inventory.Part{orgRoll(t)}
	for _, account := range []string{managementAccount, webAccount, dataAccount, refusedAccount} {
		for _, region := range []string{"eu-west-1", "us-east-1"} {
			parts = append(parts, orgUnit(t, account, region))
		}
	}
	return parts
}

func orgRoll(t *testing.T) inventory.Part {
	t.Helper()
	roll := inventory.Part{
		Unit:     inventory.Unit{Partition: "aws", Account: managementAccount, Region: inventory.Global},
		Observed: orgTime,
	}
	for i, account := range []string{managementAccount, webAccount, dataAccount, refusedAccount, suspendedAccount} {
		state := "ACTIVE"
		if account == suspendedAccount {
			state = "SUSPENDED"
		}
		r := inventory.NewResource(inventory.Account, inventory.Unit{
			Partition: "aws", Account: account, Region: inventory.Global,
		}, account)
		r.Facts["account"] = orgFact(t, map[string]any{
			"Id": account, "Name": fmt.Sprintf("account-%d", i), "State": state,
			"Arn":   "arn:aws:organizations::" + managementAccount + ":account/o-exampleorgid/" + account,
			"Paths": []string{"o-exampleorgid/r-ab12/ou-ab12-1111111" + fmt.Sprint(i) + "/"},
		})
		r.Facts["tags"] = orgFact(t, []map[string]string{{"Key": "team", "Value": fmt.Sprintf("team-%d", i)}})
		roll.Resources = append(roll.Resources, r)
	}
	return roll
}

func orgUnit(t *testing.T, account, region string) inventory.Part {
	t.Helper()
	unit := inventory.Unit{Partition: "aws", Account: account, Region: region}
	settings := inventory.NewResource(inventory.Settings, unit, account+"/"+region)
	settings.Facts["organization"] = orgFact(t, map[string]any{
		"Id": "o-exampleorgid", "MasterAccountId": managementAccount,
		"Arn": "arn:aws:organizations::" + managementAccount + ":organization/o-exampleorgid",
	})
	part := inventory.Part{Unit: unit, Observed: orgTime, Resources: []inventory.Resource{settings}}
	if region == "eu-west-1" {
		image := inventory.NewResource(inventory.AMI, unit, "ami-0000000"+account[:10])
		image.Facts["image"] = orgFact(t, map[string]any{
			"ImageId": image.ID, "OwnerId": account, "State": "available", "Public": account == dataAccount,
			"Name": "web-" + account, "CreationDate": "2026-11-01T00:00:00.000Z", "Architecture": "x86_64",
		})
		part.Resources = append(part.Resources, image)
	}
	return part
}

func orgFact(t *testing.T, value any) inventory.Fact {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return inventory.Fact{Status: inventory.Known, Value: text}
}

func TestOrganizationIsCollectedAndJudged(t *testing.T) {
	t.Parallel()
	stub, there := startStub(t, orgParts(t), awsstub.RefuseRole(refusedAccount))
	path := filepath.Join(t.TempDir(), "inventory")
	code, _, problems := there.program(t, "amiscan", "collect", "--org", "--select", "sharing/ami-public", "--inventory", path)
	if code != 3 {
		t.Errorf("collect: exit code %d\n%s", code, problems)
	}
	for _, want := range []string{refusedAccount, "sts:AssumeRole", "AccessDenied", "6 of 6 units", suspendedAccount} {
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
