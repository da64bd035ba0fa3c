package awsstub

import (
	"encoding/json"
	"maps"
	"slices"
)

// DelegatedAdministrator names member accounts that may list their organization as the management account may.
func DelegatedAdministrator(accounts ...string) Option {
	return func(b *behaviour) { b.delegates = append(b.delegates, accounts...) }
}

// OmitFromAccounts leaves fields out of what Organizations tells of accounts and OUs, as endpoints do that are older than
// State and Paths. Without Paths an OU has no Path either.
func OmitFromAccounts(fields ...string) Option {
	return func(b *behaviour) { b.omitted = append(b.omitted, fields...) }
}

// badInput is the code of everything that a request may have wrong.
const badInput = "InvalidInputException"

// organizationPages is how Organizations' listings are read (Organizations API Reference, ListAccounts: MaxResults,
// NextToken, InvalidInputException).
var organizationPages = paging{size: "MaxResults", token: "NextToken", largest: 20, unpaged: 20,
	badSize: badInput, badToken: badInput}

// tagPages are those of ListTagsForResource, whose size is not the caller's choice.
var tagPages = paging{token: "NextToken", badToken: badInput}

// organizationOperation returns the operation with the given IAM name.
func organizationOperation(name string) (operation, bool) {
	switch name {
	case "organizations:DescribeOrganization":
		return operation{nil, (*Stub).describeOrganization}, true
	case "organizations:ListAccounts":
		return operation{nil, (*Stub).listAccounts}, true
	case "organizations:ListRoots":
		return operation{nil, (*Stub).listRoots}, true
	case "organizations:ListOrganizationalUnitsForParent":
		return operation{nil, (*Stub).listOrganizationalUnitsForParent}, true
	case "organizations:ListAccountsForParent":
		return operation{nil, (*Stub).listAccountsForParent}, true
	case "organizations:ListTagsForResource":
		return operation{nil, (*Stub).listTagsForResource}, true
	}
	return operation{}, false
}

// tree returns the caller's organization if he may list it: from the management account, or from a delegated
// administrator's (Organizations API Reference, ListAccounts).
func (s *Stub) tree(r Request) (*accountTree, error) {
	t := s.catalog.treeOfMember[r.Account]
	s.mu.Lock()
	isDelegate := slices.Contains(s.behaviour.delegates, r.Account)
	s.mu.Unlock()
	switch {
	case t == nil && !s.catalog.organizations[r.Account].isThere():
		return nil, notInOrganization()
	case t == nil || r.Account != t.management && !isDelegate:
		return nil, invalid("AccessDeniedException", "You don't have permissions to access this resource.")
	}
	return t, nil
}

// listAccounts answers organizations:ListAccounts.
func (s *Stub) listAccounts(r Request) ([]byte, error) {
	t, err := s.tree(r)
	if err != nil {
		return nil, err
	}
	return s.pageOrganization(r, organizationPages, "Accounts", t.accounts)
}

// listAccountsForParent answers with the accounts that stand in a root or OU itself, not in those below it.
func (s *Stub) listAccountsForParent(r Request) ([]byte, error) {
	t, parent, err := s.parent(r)
	if err != nil {
		return nil, err
	}
	return s.pageOrganization(r, organizationPages, "Accounts", t.inUnit[parent])
}

// listRoots answers organizations:ListRoots.
func (s *Stub) listRoots(r Request) ([]byte, error) {
	t, err := s.tree(r)
	if err != nil {
		return nil, err
	}
	return s.pageOrganization(r, organizationPages, "Roots", t.tell(t.children("")))
}

// listOrganizationalUnitsForParent answers with the OUs that stand in a root or OU itself.
func (s *Stub) listOrganizationalUnitsForParent(r Request) ([]byte, error) {
	t, parent, err := s.parent(r)
	if err != nil {
		return nil, err
	}
	return s.pageOrganization(r, organizationPages, "OrganizationalUnits", t.tell(t.children(parent)))
}

func (t *accountTree) tell(units []*organizationUnit) (told []map[string]any) {
	for _, u := range units {
		told = append(told, u.fields(t))
	}
	return told
}

// parent returns the caller's organization and the root or OU that a request names.
func (s *Stub) parent(r Request) (*accountTree, string, error) {
	t, err := s.tree(r)
	if err != nil {
		return nil, "", err
	}
	id := r.Parameters["ParentId"]
	switch {
	case !isOrganizational(id, "r-") && !isOrganizational(id, "ou-"):
		return nil, "", invalid(badInput, "You specified an invalid value.")
	case t.units[id] == nil:
		return nil, "", invalid("ParentNotFoundException", "You provided a parent that doesn't exist.")
	}
	return t, id, nil
}

// listTagsForResource answers with the tags of an account. Those of roots and OUs are in no inventory: they have none.
func (s *Stub) listTagsForResource(r Request) ([]byte, error) {
	t, err := s.tree(r)
	if err != nil {
		return nil, err
	}
	id := r.Parameters["ResourceId"]
	switch m := t.members[id]; {
	case id == "":
		return nil, invalid(badInput, "You specified an invalid value.")
	case m == nil && t.units[id] == nil:
		return nil, invalid("TargetNotFoundException", "You specified a target that doesn't exist.")
	case m == nil:
		return s.pageOrganization(r, tagPages, "Tags", nil)
	case m.tagsDenied:
		return nil, jsonDenied()
	default:
		return s.pageOrganization(r, tagPages, "Tags", m.tags)
	}
}

// pageOrganization writes the page of a list that a request asks for.
func (s *Stub) pageOrganization(r Request, p paging, member string, items []map[string]any) ([]byte, error) {
	c, err := s.cut(r, p, len(items))
	if err != nil {
		return nil, err
	}
	answer := map[string]any{member: s.withoutOmitted(items[c.from:c.to])}
	if c.next != "" {
		answer[p.token] = c.next
	}
	return json.Marshal(answer)
}

// withoutOmitted returns the items without what OmitFromAccounts names.
func (s *Stub) withoutOmitted(items []map[string]any) []map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	told := make([]map[string]any, 0, len(items))
	for _, item := range items {
		item = maps.Clone(item)
		for _, name := range s.behaviour.omitted {
			delete(item, name)
			if name == "Paths" {
				delete(item, "Path")
			}
		}
		told = append(told, item)
	}
	return told
}
