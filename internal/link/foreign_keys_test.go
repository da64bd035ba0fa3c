package link_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

// central is the key of another account that this one's snapshots lie under.
const central = "arn:aws:kms:eu-west-1:444455556666:key/c"

const grantsOfCentral = `[{"GrantId":"1","GranteePrincipal":"arn:aws:iam::111122223333:role/aws-service-role/x/Y"},` +
	`{"GrantId":"2","GranteePrincipal":"arn:aws:iam::111122223333:role/web"},` +
	`{"GrantId":"3","GranteePrincipal":"arn:aws:iam::555566667777:role/aws-service-role/x/Y"}]`

// owning is the unit of the key's own account.
func owning() *part {
	return wholeAt(at(sibling, "eu-west-1")).put(inventory.KMSKey, central, "key", `{"Arn":"`+central+`","KeyManager":"CUSTOMER"}`).
		put(inventory.KMSKey, central, "key_policy", `{"Version":"owner's"}`).put(inventory.KMSKey, central, "grants", grantsOfCentral)
}

// using is a unit with an image under the key, of which it knows this much.
func using(key, policy any) *part {
	return whole().image("ami-1", "snap-1").snapshot("snap-1", central).template(templateID, "ami-1").defaultKey(inventory.NotFound).
		put(inventory.KMSKey, central, "key", key).put(inventory.KMSKey, central, "key_policy", policy)
}

// alsoUsing is the unit of a third account, for which the key's own was asked.
func alsoUsing(policy any) *part {
	return wholeAt(at("555566667777", "eu-west-1")).put(inventory.KMSKey, central, "key", `{"Arn":"`+central+`","KeyManager":"CUSTOMER"}`).
		put(inventory.KMSKey, central, "key_policy", policy).put(inventory.KMSKey, central, "grants", grantsOfCentral)
}

func TestKeyOfAnotherAccount(t *testing.T) {
	t.Parallel()
	lacking := func(fact string, status inventory.Status, action, code string) []inventory.Gap {
		return []inventory.Gap{gap(fact, status, action, code)}
	}
	const theirs = `[{"Arn":"` + central + `","Policy":{"Version":"owner's"}}]`
	hidden := using(inventory.Denied, inventory.NotVisible)
	tests := []struct {
		name, kind, id, fact string
		own                  *part
		world                link.World
		value                string
		gaps                 []inventory.Gap
	}{
		{"the owner was seen first", inventory.AMI, "ami-1", "key_policies", hidden, worldOf(owning(), hidden), theirs, nil},
		{"the owner was seen last", inventory.AMI, "ami-1", "key_policies", hidden, worldOf(hidden, owning()), theirs, nil},
		{"the owner was not seen", inventory.AMI, "ami-1", "key_policies", hidden, worldOf(hidden), "[]",
			lacking("key_policy", inventory.NotVisible, "kms:GetKeyPolicy", "Code")},
		{"another account that uses it knows all", inventory.AMI, "ami-1", "key_policies", hidden,
			worldOf(alsoUsing(`{"Version":"owner's"}`)), theirs, nil},
		{"another account that uses it knows half", inventory.AMI, "ami-1", "key_policies", hidden,
			worldOf(alsoUsing(inventory.Denied)), "[]", lacking("key_policy", inventory.NotVisible, "kms:GetKeyPolicy", "Code")},
		{"of two, the owner counts, first", inventory.AMI, "ami-1", "key_policies", hidden,
			worldOf(owning(), alsoUsing(`{"Version":"older"}`)), theirs, nil},
		{"of two, the owner counts, last", inventory.AMI, "ami-1", "key_policies", hidden,
			worldOf(alsoUsing(`{"Version":"older"}`), owning()), theirs, nil},
		{"who knows all counts before an owner who does not", inventory.AMI, "ami-1", "key_policies", hidden,
			worldOf(alsoUsing(`{"Version":"owner's"}`), owning().put(inventory.KMSKey, central, "key_policy", inventory.Throttled)),
			theirs, nil},
		{"the owner does not know either", inventory.AMI, "ami-1", "key_policies", hidden,
			worldOf(owning().put(inventory.KMSKey, central, "key_policy", inventory.Throttled)), "[]",
			lacking("key_policy", inventory.NotVisible, "kms:GetKeyPolicy", "Code")},
		{"an answer of one's own stands", inventory.AMI, "ami-1", "keys", using(`{"Arn":"mine"}`, inventory.NotVisible),
			worldOf(owning()), `[{"Arn":"mine"}]`, nil},
		{"an AWS managed key, which serves nobody else", inventory.AMI, "ami-1", "key_policies", hidden,
			worldOf(owning().put(inventory.KMSKey, central, "key", `{"KeyManager":"AWS"}`)), "[]",
			lacking("key_policy", inventory.NotVisible, "kms:GetKeyPolicy", "Code")},
		{"the key itself", inventory.Snapshot, "snap-1", "keys", hidden, worldOf(owning()),
			`[{"Arn":"` + central + `","KeyManager":"CUSTOMER"}]`, nil},
		{"its grants", inventory.AMI, "ami-1", "key_grants", hidden, worldOf(owning()),
			`[{"Arn":"` + central + `","Grants":` + grantsOfCentral + `}]`, nil},
		{"its policy for a launcher", inventory.LaunchTemplate, templateID, "key_policies", hidden, worldOf(owning()), theirs, nil},
		{"its grants to the launcher's service roles", inventory.LaunchTemplate, templateID, "key_service_role_grants", hidden,
			worldOf(owning()), `[{"Arn":"` + central + `","Grants":[{"GrantId":"1",` +
				`"GranteePrincipal":"arn:aws:iam::111122223333:role/aws-service-role/x/Y"}]}]`, nil},
		{"the owner was asked only for grants to its own service roles", inventory.LaunchTemplate, templateID,
			"key_service_role_grants", hidden, worldOf(wholeAt(at(sibling, "eu-west-1")).
				put(inventory.KMSKey, central, "service_role_grants", "[]")), "[]",
			lacking("service_role_grants", inventory.NotCollected, "kms:ListGrants", "")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := test.own.factIn(t, test.world, test.kind, test.id, test.fact)
			if diff := cmp.Diff(test.value, string(got.Value)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.fact, diff)
			}
			if diff := cmp.Diff(test.gaps, got.Gaps); diff != "" {
				t.Errorf("gaps (-want +got):\n%s", diff)
			}
		})
	}
}

// However many keys there are, only so much is kept of them: first of those that somebody names.
func TestKeysAreBounded(t *testing.T) {
	t.Parallel()
	hidden := using(inventory.Denied, inventory.NotVisible)
	world := worldOf(hidden, owning())
	policy := `{"Version":"` + strings.Repeat("x", 1<<20) + `"}`
	for i := range 80 {
		account := fmt.Sprintf("2%011d", i)
		world.See(wholeAt(at(account, "eu-west-1")).put(inventory.KMSKey, "arn:aws:kms:eu-west-1:"+account+":key/k", "key_policy",
			policy).Part)
	}
	for i := range 80 {
		account := fmt.Sprintf("2%011d", i)
		own := whole().image("ami-1", "snap-1").snapshot("snap-1", "arn:aws:kms:eu-west-1:"+account+":key/k")
		status := own.factIn(t, world, inventory.AMI, "ami-1", "key_policies").Status
		if kept := status == inventory.Known; kept && i == 0 || !kept && i == 79 {
			t.Errorf("the policy of key %d is %s", i, status)
		}
	}
	if got := hidden.factIn(t, world, inventory.AMI, "ami-1", "key_policies"); got.Status != inventory.Known {
		t.Errorf("the policy of the key that is named is %s", got.Status)
	}
}
