package awsstub_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/outside"
)

func TestCLIReadsOrganizations(t *testing.T) {
	t.Parallel()
	account := func(id string, units ...string) doc {
		return doc{"Id": id, "Arn": "arn:aws:organizations::111122223333:account/o-abcdefghij/" + id, "Name": "account " + id,
			"State": "ACTIVE", "Status": "ACTIVE", "Email": id + "@example.com", "JoinedMethod": "CREATED",
			"JoinedTimestamp": 1767323045.006, "Paths": under(units...)["Paths"]}
	}
	all := []doc{account(ours, rootID), account(theirs, rootID, prodID, webID, theirs), account(stranger, rootID, prodID)}
	of := func(call string, arguments ...string) []string {
		return append([]string{"organizations", call}, arguments...)
	}
	readWithCLI(t, ourOrganizationParts(), []cliCall{
		{"list-accounts", of("list-accounts"), doc{"Accounts": all}},
		{"list-accounts page by page", of("list-accounts", "--page-size", "2"), doc{"Accounts": all}},
		{"list-roots", of("list-roots"), doc{"Roots": []doc{{"Id": rootID, "Name": "Root", "PolicyTypes": []doc{},
			"Arn": "arn:aws:organizations::111122223333:root/o-abcdefghij/r-ab12"}}}},
		{"list-organizational-units-for-parent", of("list-organizational-units-for-parent", "--parent-id", rootID),
			doc{"OrganizationalUnits": []doc{{"Id": prodID, "Name": "Unit " + prodID, "Path": orgID + "/" + rootID + "/" + prodID + "/",
				"Arn": "arn:aws:organizations::111122223333:ou/o-abcdefghij/ou-ab12-prod0000"}}}},
		{"list-accounts-for-parent", of("list-accounts-for-parent", "--parent-id", prodID), doc{"Accounts": all[2:]}},
		{"list-tags-for-resource", of("list-tags-for-resource", "--resource-id", theirs),
			doc{"Tags": []doc{{"Key": "team", "Value": "web"}, {"Key": "env", "Value": ""}}}},
		{"describe-organization", of("describe-organization", "--query", "Organization.MasterAccountId"), ours},
	}, awsstub.EmptyPages("organizations:ListAccounts", 1))
}

// TestCLIAssumesRole lets the CLI assume a role and ask with the credentials that it prints.
func TestCLIAssumesRole(t *testing.T) {
	t.Parallel()
	cli := outside.OrLeftOut(t, outside.AWSCLI)
	if cli == "" {
		return
	}
	_, url := serve(t, append(twoAccounts(), door(theirs, told("eu-west-1", "opted-in"))), awsstub.SessionClock(today))
	printed := runCLI(t, cli, url, "sts", "assume-role", "--role-arn", auditRole, "--role-session-name", "amiscan",
		"--source-identity", "team")
	var got struct {
		Credentials    struct{ AccessKeyId, SecretAccessKey, SessionToken, Expiration string }
		SourceIdentity string
	}
	if err := json.Unmarshal(printed, &got); err != nil {
		t.Fatal(err)
	}
	if got.SourceIdentity != "team" || got.Credentials.Expiration[:19] != "2026-06-01T01:00:00" {
		t.Errorf("got %s", printed)
	}
	ask := func(arguments ...string) any {
		command := cliCommand(t, cli, url, arguments...)
		command.Env = append(command.Env, "AWS_ACCESS_KEY_ID="+got.Credentials.AccessKeyId,
			"AWS_SECRET_ACCESS_KEY="+got.Credentials.SecretAccessKey, "AWS_SESSION_TOKEN="+got.Credentials.SessionToken)
		output, err := command.Output()
		if err != nil {
			t.Fatalf("%v: %s", err, stderrOf(err))
		}
		return plain(t, json.RawMessage(output))
	}
	want := []any{"arn:aws:sts::444455556666:assumed-role/amiscan-audit/amiscan", theirs}
	if diff := cmp.Diff(want, ask("sts", "get-caller-identity", "--query", "[Arn,Account]")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]any{"eu-west-1"}, ask("ec2", "describe-regions", "--query", "Regions[].RegionName")); diff != "" {
		t.Error(diff)
	}
}
