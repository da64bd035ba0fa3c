package link_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

// lodging is a unit with a shared image under a key of another account, which no unit of that account names.
func lodging() *part {
	p := using(`{"Arn":"`+central+`"}`, inventory.NotVisible).put(inventory.Settings, settingsID, "organization", `{"Id":"o-1"}`).
		put(inventory.AMI, "ami-1", "launch_permissions", `[{"UserId":"888888888888"}]`)
	for i, r := range p.Resources {
		if r.ID == central {
			p.Resources[i].Account = sibling
		}
	}
	return p
}

// listingOf lists an organization of these accounts.
func listingOf(accounts ...string) *part {
	p := global(management)
	for _, account := range accounts {
		p.lists(account, "ACTIVE", "")
	}
	p.Coverage = listing(inventory.Known).Coverage
	return p
}

// documentOf joins a unit and returns what is judged of a resource there.
func (p *part) documentOf(t *testing.T, world link.World, id string) link.Document {
	t.Helper()
	for _, d := range link.Join(p.Part, link.Options{Catalog: catalog(), World: world}).Documents {
		if d.Resource.ID == id {
			return d
		}
	}
	t.Fatalf("no document of %q", id)
	return link.Document{}
}

// Who speaks for another account's key sees its own images under the key alone, and its own organization: to whom that
// account opens others, it can't say, nor who is a stranger there, unless both are in one organization.
func TestKeyThatAnotherAccountSpeaksFor(t *testing.T) {
	t.Parallel()
	const (
		hidden       = "not_visible "
		audiences    = `known [{"ImageId":"ami-1","LaunchPermissions":[{"UserId":"888888888888"}]}]`
		organization = `known {"Id":"o-1"}`
	)
	open, shut := global(sibling).door(inventory.Known, "", "eu-west-1"), global(sibling).door(inventory.Denied, "AccessDenied")
	tests := []struct {
		name                             string
		others                           []*part
		account, audiences, organization string
	}{
		{"nobody listed an organization", []*part{open}, sibling, hidden, hidden},
		{"both in one organization", []*part{open, listingOf(unit.Account, sibling)}, sibling, hidden, organization},
		{"the owner in none that was listed", []*part{open, listingOf(unit.Account)}, sibling, hidden, hidden},
		{"who speaks in none that was listed", []*part{open, listingOf(sibling)}, sibling, hidden, hidden},
		{"the owner could not be entered", []*part{shut}, unit.Account, audiences, organization},
		{"nobody here looks at the owner", nil, unit.Account, audiences, organization},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			own := lodging()
			d := own.documentOf(t, worldOf(append(test.others, own)...), central)
			got := []string{d.Unit.Account}
			for _, name := range []string{"image_audiences", "organization"} {
				got = append(got, string(d.Resource.Fact(name).Status)+" "+string(d.Resource.Fact(name).Value))
			}
			if diff := cmp.Diff([]string{test.account, test.audiences, test.organization}, got); diff != "" {
				t.Errorf("account, audiences and organization (-want +got):\n%s", diff)
			}
		})
	}
}
