package link_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// textual compares JSON as text.
var textual = cmp.Transformer("text", func(r json.RawMessage) string { return string(r) })

// granted is an account as the audience has it.
func granted(id, name, state string) string {
	return `{"Id":"` + id + `","Name":"` + name + `","State":"` + state + `"}`
}

func granteeOf(arn, kind, accounts string) string {
	return `[{"Grantee":"` + arn + `","Kind":"` + kind + `","Accounts":[` + accounts + `]}]`
}

func TestAudience(t *testing.T) {
	t.Parallel()
	siblings := granted(sibling, "name of "+sibling, "ACTIVE")
	cousins := granted(cousin, "name of "+cousin, "ACTIVE")
	suspended := granted("666666666666", "name of 666666666666", "SUSPENDED")
	everyone := granted(unit.Account, "name of "+unit.Account, "ACTIVE") + "," + siblings + "," + cousins + "," + suspended + "," +
		granted(management, "name of "+management, "ACTIVE")
	unlisted := gapAt(at(management, inventory.Global), "account", inventory.NotCollected, "organizations:ListAccounts", "")
	foreign := gapAt(at("777777777777", inventory.Global), "account", inventory.NotVisible, "organizations:ListAccounts", "")
	listed := []*part{listing(inventory.Known)}
	alone := sharedWith(withAccount(sibling)).put(inventory.Settings, settingsID, "organization", inventory.NotFound)
	runElsewhereTests(t, "audience", []elsewhereTest{
		{"nobody", sharedWith(""), listed, inventory.Known, "[]", nil},
		{"an account", sharedWith(withAccount(sibling)), listed, inventory.Known, granteeOf(sibling, "account", siblings), nil},
		{"a suspended account", sharedWith(withAccount("666666666666")), listed, inventory.Known,
			granteeOf("666666666666", "account", suspended), nil},
		{"a stranger", sharedWith(withAccount(stranger)), listed, inventory.Known,
			granteeOf(stranger, "account", granted(stranger, "", "")), nil},
		{"an account of an organization that nobody listed", sharedWith(withAccount(sibling)), nil, inventory.NotCollected,
			granteeOf(sibling, "account", granted(sibling, "", "")), []inventory.Gap{unlisted}},
		{"an account, the owner in no organization", alone, nil, inventory.Known,
			granteeOf(sibling, "account", granted(sibling, "", "")), nil},
		{"an OU without children", sharedWith(withOU(childOU)), listed, inventory.Known,
			granteeOf(childOU, "organizational_unit", cousins), nil},
		{"an OU with the OUs below it", sharedWith(withOU(topOU)), listed, inventory.Known,
			granteeOf(topOU, "organizational_unit", siblings+","+cousins), nil},
		{"an OU of nobody", sharedWith(withOU("arn:aws:organizations::999999999999:ou/o-a1b2c3d4e5/ou-root-top0000")), listed,
			inventory.Known,
			granteeOf("arn:aws:organizations::999999999999:ou/o-a1b2c3d4e5/ou-root-top0000", "organizational_unit", ""), nil},
		{"an OU where the listing has no paths", sharedWith(withOU(topOU)), []*part{listing(inventory.Known).
			lists("222222222222", "ACTIVE", pathless)}, inventory.Unsupported,
			granteeOf(topOU, "organizational_unit", siblings+","+cousins), []inventory.Gap{
				gapAt(at(management, inventory.Global), "account", inventory.Unsupported, "organizations:ListAccounts", ""),
			}},
		{"the organization", sharedWith(withOrg(ownOrg)), listed, inventory.Known, granteeOf(ownOrg, "organization", everyone), nil},
		{"the organization, listed by halves", sharedWith(withOrg(ownOrg)), []*part{listing(inventory.Throttled)}, inventory.Throttled,
			granteeOf(ownOrg, "organization", everyone), []inventory.Gap{
				gapAt(at(management, inventory.Global), "account", inventory.Throttled, "organizations:ListAccounts", ""),
			}},
		{"the organization, listed twice", sharedWith(withOrg(ownOrg)), []*part{listing(inventory.Known), listing(inventory.Denied)},
			inventory.Known, granteeOf(ownOrg, "organization", everyone), nil},
		{"the organization, listed before by halves that had a member more", sharedWith(withOrg(ownOrg)), []*part{
			listing(inventory.Known), listing(inventory.Denied).lists("222222222222", "ACTIVE", ""),
		}, inventory.Known, granteeOf(ownOrg, "organization", everyone), nil},
		{"the organization, not listed", sharedWith(withOrg(ownOrg)), nil, inventory.NotCollected,
			granteeOf(ownOrg, "organization", ""), []inventory.Gap{unlisted}},
		{"another organization", sharedWith(withOrg(otherOrg)), listed, inventory.NotVisible,
			granteeOf(otherOrg, "organization", ""), []inventory.Gap{foreign}},
		{"another organization, the own one not listed", sharedWith(withOrg(otherOrg)), nil, inventory.NotVisible,
			granteeOf(otherOrg, "organization", ""), []inventory.Gap{foreign}},
		{"some organization, the own one not known", sharedWith(withOrg(otherOrg)).put(inventory.Settings, settingsID, "organization",
			inventory.Denied), nil, inventory.NotCollected, granteeOf(otherOrg, "organization", ""), []inventory.Gap{
			gapAt(at(unit.Account, inventory.Global), "account", inventory.NotCollected, "organizations:ListAccounts", ""),
		}},
		{"everybody", sharedWith(`{"Group":"all"}`), listed, inventory.Known, granteeOf("all", "all", ""), nil},
		{"nobody knows whom", sharedWith("").put(inventory.AMI, "ami-1", "launch_permissions", inventory.Denied), listed,
			inventory.Denied, "[]", []inventory.Gap{gap("launch_permissions", inventory.Denied, "ec2:DescribeImageAttribute", "Code")}},
	})
}

func TestOrganizationListingThatWasDenied(t *testing.T) {
	t.Parallel()
	denied := global(management)
	denied.Coverage = []inventory.Coverage{{
		Unit: denied.Unit, Kind: inventory.Account, Fact: "account", Status: inventory.Denied, Action: "organizations:ListAccounts",
		Code: "AccessDeniedException",
	}}
	got := sharedWith(withOrg(ownOrg)).factIn(t, worldOf(denied), inventory.AMI, "ami-1", "audience")
	want := []inventory.Gap{gapAt(denied.Unit, "account", inventory.Denied, "organizations:ListAccounts", "AccessDeniedException")}
	if diff := cmp.Diff(want, got.Gaps); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}

func TestAccountsOfTheOrganization(t *testing.T) {
	t.Parallel()
	const one = `[{"Id":"444455556666","Name":"name of 444455556666","State":"ACTIVE","Paths":["o-a1b2c3d4e5/r-root/ou-root-top00000/"]}]`
	unlisted := gapAt(at(management, inventory.Global), "account", inventory.NotCollected, "organizations:ListAccounts", "")
	denied := gap("launch_permissions", inventory.Denied, "ec2:DescribeImageAttribute", "Code")
	own := sharedWith(withAccount(sibling) + "," + withAccount(stranger) + "," + withAccount(sibling) + "," + withOrg(ownOrg))
	unknown := sharedWith("").put(inventory.AMI, "ami-1", "launch_permissions", inventory.Denied)
	listed := []*part{listing(inventory.Known)}
	runElsewhereTests(t, "account_grantees", []elsewhereTest{
		{"listed", own, listed, inventory.Known, one, nil},
		{"not listed", own, nil, inventory.NotCollected, "[]", []inventory.Gap{unlisted}},
		{"permissions denied", unknown, listed, inventory.Denied, "[]", []inventory.Gap{denied}},
	})
	runElsewhereTests(t, "listed_accounts", []elsewhereTest{
		{"listed", own, listed, inventory.Known, one, nil},
		{"listed by halves", own, []*part{listing(inventory.Throttled)}, inventory.Known, one, nil},
		{"not listed", own, nil, inventory.Known, "[]", nil},
		{"permissions denied", unknown, listed, inventory.Denied, "[]", []inventory.Gap{denied}},
	})
	runElsewhereTests(t, "organization_accounts", []elsewhereTest{
		{"listed", own, []*part{lonely()}, inventory.Known, `[{"Id":"222222222222","Name":"name of 222222222222","State":"CLOSED",` +
			`"Paths":["o-a1b2c3d4e5/r-root/x/"]}]`, nil},
		{"not listed", own, nil, inventory.NotCollected, "[]", []inventory.Gap{unlisted}},
	})
}

// lonely lists an organization of one account.
func lonely() *part {
	p := global(management).lists("222222222222", "CLOSED", "x/")
	p.Coverage = listing(inventory.Known).Coverage
	return p
}

func TestAccountsOfSnapshots(t *testing.T) {
	t.Parallel()
	own := sharedWith("").snapshot("snap-1", "").put(inventory.Snapshot, "snap-1", "snapshot_permissions", "["+withAccount(cousin)+"]")
	for _, name := range []string{"account_grantees", "listed_accounts"} {
		got := own.factIn(t, worldOf(listing(inventory.Known)), inventory.Snapshot, "snap-1", name)
		var accounts []struct{ ID, State string }
		if err := json.Unmarshal(got.Value, &accounts); err != nil || len(accounts) != 1 || accounts[0].ID != cousin {
			t.Errorf("%s is %s (%v)", name, got.Value, err)
		}
	}
}

// State was called Status before; a listing that has neither says nothing of who has left.
func TestOldListings(t *testing.T) {
	t.Parallel()
	entry := func(state string) *part {
		p := lonely()
		p.Resources = nil
		return p.put(inventory.Account, sibling, "account",
			`{"Id":"444455556666","Arn":"arn:aws:organizations::999999999999:account/o-a1b2c3d4e5/444455556666","Paths":["x"]`+state+`}`)
	}
	world := worldOf(entry(`,"Status":"SUSPENDED"`))
	got := sharedWith(withAccount(sibling)).factIn(t, world, inventory.AMI, "ami-1", "audience")
	if want := granteeOf(sibling, "account", granted(sibling, "", "SUSPENDED")); string(got.Value) != want || len(got.Gaps) > 0 {
		t.Errorf("audience is %s without %v, want %s", got.Value, got.Gaps, want)
	}
	got = sharedWith(withAccount(sibling)).factIn(t, worldOf(entry("")), inventory.AMI, "ami-1", "audience")
	if got.Status != inventory.Unsupported {
		t.Errorf("audience is %+v", got)
	}
}
