package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// What one account is told of its organization holds for no account of another one.
func TestAccountsOfTwoOrganizations(t *testing.T) {
	t.Parallel()
	var parts []inventory.Part
	for _, account := range []string{webAccount, dataAccount} {
		part := orgUnit(t, account, "eu-west-1")
		for _, r := range part.Resources {
			switch {
			case r.Kind == inventory.AMI:
				r.Facts["launch_permissions"] = orgFact(t, []map[string]string{
					{"OrganizationArn": "arn:aws:organizations::" + managementAccount + ":organization/o-exampleorgid"},
				})
			case account == dataAccount:
				r.Facts["organization"] = orgFact(t, map[string]any{
					"Id": "o-partnerorgid", "MasterAccountId": suspendedAccount,
					"Arn": "arn:aws:organizations::" + suspendedAccount + ":organization/o-partnerorgid",
				})
			}
		}
		parts = append(parts, part)
	}
	_, there := startStub(t, parts)
	code, report, problems := there.program(t, "amiscan", "scan", "--account", webAccount, "--account", dataAccount, "--region", "eu-west-1",
		"--select", "sharing/ami-shared-untrusted", "-o", "json")
	if code != 1 || strings.Count(string(report), `"outcome":"fail"`) != 1 {
		t.Errorf("exit code %d, want one failure: that of the other organization\n%s\n%s", code, report, problems)
	}
}

// An account that is left out is left out, with or without an organization.
func TestSkippedAccount(t *testing.T) {
	t.Parallel()
	stub, there := startStub(t, orgParts(t))
	code, _, problems := there.program(t, "amiscan", "collect", "--account", webAccount+","+dataAccount, "--skip-account", dataAccount,
		"--select", "sharing/ami-public", "--inventory", filepath.Join(t.TempDir(), "inventory"))
	if code != 0 || stub.Calls()["sts:AssumeRole"] != 1 {
		t.Errorf("exit code %d, %d accounts entered\n%s", code, stub.Calls()["sts:AssumeRole"], problems)
	}
}

// Accounts are entered in a region that all of them have, whichever comes first among those that are read.
func TestDoorsAreInARegionThatAllHave(t *testing.T) {
	t.Parallel()
	parts := orgParts(t)
	for i, part := range parts {
		if part.Region == "us-east-1" {
			parts[i] = orgUnit(t, part.Account, "me-south-1")
		}
	}
	regions := func(status string) inventory.Fact {
		return orgFact(t, []map[string]string{
			{"RegionName": "eu-west-1", "OptInStatus": "opt-in-not-required"}, {"RegionName": "me-south-1", "OptInStatus": status},
		})
	}
	parts[0].Resources[0].Facts["regions"] = regions("opted-in")
	unit := inventory.Unit{Partition: "aws", Account: webAccount, Region: inventory.Global}
	door := inventory.NewResource(inventory.Account, unit, webAccount)
	door.Facts["regions"] = regions("not-opted-in")
	parts = append(parts, inventory.Part{Unit: unit, Resources: []inventory.Resource{door}})
	_, there := startStub(t, parts)
	for _, order := range []string{"eu-west-1,me-south-1", "me-south-1,eu-west-1"} {
		code, _, problems := there.program(t, "amiscan", "collect", "--org", "--region", order, "--select", "sharing/ami-public",
			"--inventory", filepath.Join(t.TempDir(), "inventory"))
		if code != 0 {
			t.Errorf("%s: exit code %d\n%s", order, code, problems)
		}
	}
}

// The list of accounts is put once. Where the management account's own door stays shut for a moment, nothing is put.
func TestListIsNotPutWithAnOpenQuestion(t *testing.T) {
	t.Parallel()
	_, there := startStub(t, orgParts(t), awsstub.Fail("ec2:DescribeRegions",
		awsstub.Fault{Status: 503, Code: "Unavailable", FromCall: 2, ToCall: 2, ForAccount: managementAccount}))
	path := filepath.Join(t.TempDir(), "inventory")
	args := []string{"collect", "--org", "--select", "sharing/ami-public", "--inventory", path}
	if code, _, problems := there.program(t, "amiscan", args...); code == 0 || strings.Count(problems, "error:") != 1 ||
		!strings.Contains(problems, "enter the management account") {
		t.Errorf("exit code %d\n%s", code, problems)
	}
	if code, _, problems := there.program(t, "amiscan", args...); code != 0 || !strings.Contains(problems, "8 of 8 units") {
		t.Errorf("the next run: exit code %d\n%s", code, problems)
	}
	if code, _, problems := there.program(t, "amiscan", "eval", path, "--select", "sharing/ami-public"); code != 1 {
		t.Errorf("eval: exit code %d\n%s", code, problems)
	}
}

// A refusal stays in its inventory, but whoever has mended the role is told what to do.
func TestRefusalThatWasMended(t *testing.T) {
	t.Parallel()
	stub, there := startStub(t, orgParts(t), awsstub.RefuseRole(webAccount))
	args := []string{"collect", "--org", "--select", "sharing/ami-public", "--inventory", filepath.Join(t.TempDir(), "inventory")}
	if code, _, problems := there.program(t, "amiscan", args...); code != 3 {
		t.Errorf("exit code %d\n%s", code, problems)
	}
	stub.Apply(awsstub.AcceptRole(webAccount))
	code, _, problems := there.program(t, "amiscan", args...)
	if code != 3 || !strings.Contains(problems, "can be entered by now") {
		t.Errorf("mended: exit code %d\n%s", code, problems)
	}
}
