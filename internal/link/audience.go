package link

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

var launchPermissionsFact = ref(inventory.AMI, "launch_permissions")

// permission is one launch permission of an image or create-volume permission of a snapshot.
type permission struct {
	Group                 string
	OrganizationArn       string
	OrganizationalUnitArn string
	UserID                string `json:"UserId"`
}

// grantee is one of those that an image is shared with, and the accounts that it stands for.
type grantee struct {
	Grantee  string
	Kind     string
	Accounts []grantedAccount
}

// grantedAccount is an account that may launch an image. Its state is empty where the organization does not have it.
type grantedAccount struct {
	ID    string `json:"Id"`
	Name  string
	State inventory.AccountState
}

// audience is who may launch the images that have the same launch permissions.
type audience struct {
	grantees []grantee
	// accounts are those of all grantees, sorted and each once; the owner is left out.
	accounts []string
	// unresolved is why there may be more accounts, unnamed why some have neither name nor state.
	unresolved list
	unnamed    list
	// unseen is why more may lead to the images, by aspect, once that was asked for.
	unseen [aspects]*list
	// value is all of it as JSON: many images are shared alike.
	value json.RawMessage
}

// imageAudience joins who may launch an image. An OU stands for the accounts of all OUs below it as well (EC2 User Guide,
// "Share an AMI with organizations and organizational units": when an AMI is shared with a top-level OU, the OUs and
// accounts nested underneath have access, too).
func imageAudience() linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, "audience"), Linked: true, Scope: inventory.OrganizationScope,
			From: []inventory.FactRef{imageFact, launchPermissionsFact, organizationFact, accountFact},
			Meaning: "Whom the image is shared with: each grantee with the accounts that it stands for, those of the OUs below an OU " +
				"among them. An account that the own organization does not have is there without a state; all stands for nobody by name.",
		},
		schema: func(map[inventory.FactRef]Schema) Schema {
			text := Schema{"type": "string"}
			return listOfObjects(Schema{"Grantee": text, "Kind": text, "Accounts": listOfTexts("Id", "Name", "State")})
		},
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			a := ix.audience(r)
			l := &list{unit: r.Unit, gaps: slices.Clip(a.unresolved.gaps)}
			for _, gap := range a.unnamed.gaps {
				l.addGap(gap)
			}
			fact := l.fact()
			fact.Value = a.value
			return fact
		},
	}
}

// audience resolves whom an image is shared with, once for all images that are shared alike.
func (ix *index) audience(r inventory.Resource) *audience {
	fact := ix.withAction(launchPermissionsFact, r.Fact(launchPermissionsFact.Name))
	key := string(fact.Status) + fact.Code + string(fact.Value)
	if a := ix.audiences[key]; a != nil {
		return a
	}
	a := ix.resolveAudience(r, fact)
	ix.audiences[key] = a
	return a
}

func (ix *index) resolveAudience(r inventory.Resource, fact inventory.Fact) *audience {
	a := &audience{unresolved: list{unit: r.Unit}, unnamed: list{unit: r.Unit}}
	var permissions []permission
	a.unresolved.need(launchPermissionsFact.Name, ix.read(launchPermissionsFact, fact, &permissions))
	for _, p := range permissions {
		a.grantees = append(a.grantees, ix.resolveGrantee(a, r, p))
	}
	for _, g := range a.grantees {
		for _, account := range g.Accounts {
			if account.ID != r.Account {
				a.accounts = append(a.accounts, account.ID)
			}
		}
	}
	slices.Sort(a.accounts)
	a.accounts = slices.Compact(a.accounts)
	if a.value, _ = json.Marshal(a.grantees); a.grantees == nil { // texts always encode
		a.value = json.RawMessage("[]")
	}
	return a
}

func (ix *index) resolveGrantee(a *audience, r inventory.Resource, p permission) grantee {
	switch {
	case p.UserID != "":
		return ix.resolveAccount(a, r, p.UserID)
	case p.OrganizationArn != "":
		return ix.resolveOrganization(a, r, grantee{Grantee: p.OrganizationArn, Kind: "organization"}, "organization")
	case p.OrganizationalUnitArn != "":
		return ix.resolveOrganization(a, r, grantee{Grantee: p.OrganizationalUnitArn, Kind: "organizational_unit"}, "ou")
	}
	// Who everybody is, nobody lists: what they launch is seen by nobody either.
	return grantee{Grantee: cmp.Or(p.Group, "all"), Kind: "all", Accounts: []grantedAccount{}}
}

// resolveAccount finds what the own organization calls an account. One that it does not have stays an id.
func (ix *index) resolveAccount(a *audience, r inventory.Resource, id string) grantee {
	found := grantedAccount{ID: id}
	own, gap := ix.ownOrganization(r)
	if own != nil {
		m, _ := own.find(id)
		found.Name, found.State = m.Name, m.State
	}
	if gap != nil && found.State == "" {
		a.unnamed.addGap(*gap)
	}
	return grantee{Grantee: id, Kind: "account", Accounts: []grantedAccount{found}}
}

// resolveOrganization finds the accounts of an organization or of one of its OUs.
func (ix *index) resolveOrganization(a *audience, r inventory.Resource, g grantee, resource string) grantee {
	g.Accounts = []grantedAccount{}
	id, ok := inventory.OrganizationOf(g.Grantee, resource)
	found := ix.world.listing.organizations[id]
	if !ok || found == nil {
		a.unresolved.addGap(*ix.unlistedOrganization(r, g.Grantee, id))
		return g
	}
	if found.gap != nil {
		a.unresolved.addGap(*found.gap)
	}
	members := found.members
	if g.Kind == "organizational_unit" {
		if found.pathless {
			a.unresolved.addGap(*notListed(inventory.Unsupported, r.Partition, managementOf(g.Grantee)))
		}
		members = found.below(g.Grantee[strings.LastIndex(g.Grantee, "/")+1:])
	}
	for _, m := range members {
		g.Accounts = append(g.Accounts, grantedAccount{m.ID, m.Name, m.State})
	}
	return g
}

// unlistedOrganization is why the accounts of an organization are not known: nobody listed the own one, and another's
// nobody here can list.
func (ix *index) unlistedOrganization(r inventory.Resource, arn, id string) *inventory.Gap {
	own, gap := ix.ownOrganization(r)
	var settings struct {
		ID string `json:"Id"`
	}
	decode(ix.settingsFact(organizationFact.Name), &settings)
	known := cmp.Or(ix.world.listing.of[r.Account], settings.ID)
	if own == nil && gap != nil && (known == "" || known == id) {
		return gap
	}
	return notListed(inventory.NotVisible, r.Partition, managementOf(arn))
}

// managementOf reads the management account from the ARN of an organization or OU.
func managementOf(arn string) string {
	if parts := strings.Split(arn, ":"); len(parts) > 4 {
		return parts[4]
	}
	return ""
}
