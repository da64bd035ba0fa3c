package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// orgKeys is the organization with so many keys of one account, under each of which every user has a snapshot. Their own
// account names them nowhere.
func orgKeys(t *testing.T, owner string, n int, users ...string) []inventory.Part {
	t.Helper()
	parts := orgParts(t)
	for i, part := range parts {
		for k := range n {
			key := fmt.Sprintf("arn:aws:kms:eu-west-1:%s:key/11111111-2222-3333-4444-%012d", owner, k)
			switch {
			case part.Region != "eu-west-1":
			case part.Account == owner:
				parts[i].Resources = append(parts[i].Resources, homeKey(t, part.Unit, key, "*"))
			case slices.Contains(users, part.Account):
				snapshot := inventory.NewResource(inventory.Snapshot, part.Unit, fmt.Sprintf("snap-%s%05d", part.Account, k))
				snapshot.Facts["snapshot"] = orgFact(t, map[string]any{
					"SnapshotId": snapshot.ID, "OwnerId": part.Account, "Encrypted": true, "KmsKeyId": key, "State": "completed",
				})
				parts[i].Resources = append(parts[i].Resources, snapshot)
			}
		}
	}
	return parts
}

// collectKeys collects what judges keys, and returns where.
func collectKeys(t *testing.T, there endpoint, selected string, want int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "inventory")
	code, _, problems := there.programWith(t, []string{"AWS_MAX_ATTEMPTS=1"}, "amiscan", "collect", "--org",
		"--region", "eu-west-1", "--inventory", path, "--select", selected)
	if code != want {
		t.Fatalf("exit code %d, want %d\n%s", code, want, problems)
	}
	return path
}

const publicKeys = "encryption/kms-policy-public"

// A key of another account is asked for there: its policy is shown to nobody else. It is asked for once, however many units
// use it.
func TestForeignKeysAreAskedForAtHome(t *testing.T) {
	t.Parallel()
	stub, there := startStub(t, orgKeys(t, dataAccount, 1, managementAccount, webAccount, refusedAccount))
	path := collectKeys(t, there, publicKeys, 0)
	if n := stub.Calls()["kms:GetKeyPolicy"]; n != 1 {
		t.Errorf("the policy was asked for %d times", n)
	}
	// It is judged as the account's own, and once.
	code, report, problems := there.program(t, "amiscan", "eval", path, "--select", publicKeys, "-o", "json", "--include-pass")
	if code != 1 || strings.Contains(string(report), `"outcome":"unknown"`) || strings.Count(string(report), `"outcome":"fail"`) != 1 {
		t.Errorf("eval: exit code %d, want one failure\n%s\n%s", code, problems, report)
	}
}

// Where the list of accounts breaks off, nobody knows whether a key's account belongs to the run: no unit may be kept that
// took it for a stranger's. A door that is slow to open holds up the end of the run.
func TestKeysWaitForTheWholeList(t *testing.T) {
	t.Parallel()
	_, there := startStub(t, orgKeys(t, managementAccount, 1, webAccount), awsstub.PageSize(3),
		awsstub.Fail("organizations:ListAccounts", awsstub.Fault{Status: 500, Code: "ServiceException", Delay: time.Second, FromCall: 2, ToCall: 2}),
		awsstub.Fail("sts:AssumeRole", awsstub.Fault{
			Delay: 3 * time.Second, ForID: "arn:aws:iam::" + dataAccount + ":role/amiscan-audit", Times: 1,
		}))
	path := collectKeys(t, there, publicKeys, 2)
	args := []string{"collect", "--org", "--region", "eu-west-1", "--inventory", path, "--select", publicKeys}
	if code, _, problems := there.program(t, "amiscan", args...); code != 0 {
		t.Errorf("the second run: exit code %d\n%s", code, problems)
	}
	if code, report, _ := there.program(t, "amiscan", "eval", path, "--select", publicKeys); code != 1 {
		t.Errorf("eval: exit code %d, want a failure\n%s", code, report)
	}
}
