package link

import (
	"encoding/json"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// shared are the facts that say by account whom a resource is shared with.
var shared = []inventory.FactRef{launchPermissionsFact, permissionsFact}

// accountFacts join what the listing of the own organization says of accounts.
func accountFacts() []linked {
	var facts []linked
	for _, permissions := range shared {
		facts = append(facts, organizationAccounts(permissions.Kind), accountGrantees(permissions), listedAccounts(permissions))
	}
	return facts
}

func memberSchema(map[inventory.FactRef]Schema) Schema {
	text := Schema{"type": "string"}
	return listOfObjects(Schema{"Id": text, "Name": text, "State": text, "Paths": Schema{"type": "array", "items": text}})
}

// organizationAccounts hands the whole organization to a resource.
func organizationAccounts(kind string) linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(kind, "organization_accounts"), Linked: true, Scope: inventory.OrganizationScope,
			From: []inventory.FactRef{organizationFact, accountFact},
			Meaning: "All accounts of the organization that the owner is in, with their states and the paths of their OUs; an empty " +
				"list where the owner is in none. It is as long for every resource: account_grantees is short.",
		},
		schema: memberSchema,
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			l := &list{unit: r.Unit}
			if own := ix.listed(r, l); own != nil {
				return withValue(l.fact(), ix.allMembers(own))
			}
			return l.fact()
		},
	}
}

func withValue(fact inventory.Fact, value json.RawMessage) inventory.Fact {
	fact.Value = value
	return fact
}

// allMembers encodes an organization once for all resources of the unit.
func (ix *index) allMembers(own *organization) json.RawMessage {
	if ix.members == nil {
		ix.members = joinList(encoded(own.members, func(member) bool { return true }))
	}
	return ix.members
}

// accountGrantees joins the accounts that a resource is shared with one by one.
func accountGrantees(permissions inventory.FactRef) linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(permissions.Kind, "account_grantees"), Linked: true, Scope: inventory.OrganizationScope,
			From: []inventory.FactRef{permissions, organizationFact, accountFact},
			Meaning: "The accounts of the owner's organization that the " + permissions.Kind + " is shared with by their ids; one " +
				"that is not in the list is not in the organization.",
		},
		schema: memberSchema,
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			l := &list{unit: r.Unit}
			of := &list{} // who is in the organization matters only where an account is a grantee
			if ix.sharesWithAccounts(r, permissions) {
				of = l
			}
			ix.addGrantees(l, r, permissions, ix.listed(r, of))
			return l.fact()
		},
	}
}

// sharesWithAccounts reports whether a resource is shared with an account by its id, as far as that is known.
func (ix *index) sharesWithAccounts(r inventory.Resource, of inventory.FactRef) bool {
	var permissions []permission
	ix.read(of, r.Fact(of.Name), &permissions)
	return slices.ContainsFunc(permissions, func(p permission) bool { return p.UserID != "" })
}

// listedAccounts joins the same accounts for those who only want to know whom to trust.
func listedAccounts(permissions inventory.FactRef) linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(permissions.Kind, "listed_accounts"), Linked: true, Scope: inventory.ResourceScope,
			From: []inventory.FactRef{permissions},
			Meaning: "Those of account_grantees that the audit happens to have listed: none where it did not list the organization. " +
				"Nothing may be concluded from an account's absence, except that it is not trusted by being listed.",
		},
		schema: memberSchema,
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			l := &list{unit: r.Unit}
			ix.addGrantees(l, r, permissions, ix.listed(r, &list{}))
			return l.fact()
		},
	}
}

// listed returns the organization of a resource's owner as far as it was listed, and notes what is missing from it.
func (ix *index) listed(r inventory.Resource, l *list) *organization {
	own, gap := ix.ownOrganization(r)
	if gap != nil {
		l.addGap(*gap)
	}
	return own
}

func (ix *index) addGrantees(l *list, r inventory.Resource, of inventory.FactRef, own *organization) {
	var permissions []permission
	l.need(of.Name, ix.read(of, r.Fact(of.Name), &permissions))
	if own == nil {
		return
	}
	var found []member
	for _, p := range permissions {
		if m, ok := own.find(p.UserID); ok && !slices.ContainsFunc(found, func(f member) bool { return f.ID == m.ID }) {
			found = append(found, m)
		}
	}
	l.values = encoded(found, func(member) bool { return true })
}
