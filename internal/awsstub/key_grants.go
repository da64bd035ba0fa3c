package awsstub

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// keyGrants is what ListGrants tells of one key. The listing of all grants and the ones that name a grantee are two
// facts, which may be denied each for itself.
type keyGrants struct {
	all                      []keyGrant
	known                    bool
	denied, ofGranteesDenied bool
}

// keyGrant is one grant, with what ListGrants filters by.
type keyGrant struct {
	id, grantee, service string
	body                 json.RawMessage
}

// grantPages is how ListGrants is read (KMS API Reference, ListGrants: Limit, Marker).
var grantPages = paging{size: "Limit", token: "Marker", largest: 100, unpaged: 50,
	badSize: "ValidationException", badToken: "InvalidMarkerException"}

func (g keyGrants) isThere() bool { return g.known || g.denied || g.ofGranteesDenied }

// addGrants joins both facts. AWS promises no order; here grants go by their ids.
func (k *key) addGrants(_ inventory.Part, r inventory.Resource) (err error) {
	if k.grants.denied, err = k.grants.add(r, "grants"); err != nil {
		return err
	}
	if k.grants.ofGranteesDenied, err = k.grants.add(r, "service_role_grants"); err != nil {
		return err
	}
	slices.SortFunc(k.grants.all, func(a, b keyGrant) int { return cmp.Compare(a.id, b.id) })
	return nil
}

// add takes in one list of grants, in which every grant stands once; another list may repeat it.
func (g *keyGrants) add(r inventory.Resource, name string) (denied bool, err error) {
	f, err := readFact(r, name)
	if err != nil || !f.known {
		return f.denied, err
	}
	grants, ok := f.value.([]any)
	if !ok {
		return false, fmt.Errorf("%s: unexpected %s, want an array", name, jsonType(f.value))
	}
	g.known = true
	earlier := len(g.all)
	for i, value := range grants {
		grant, err := newKeyGrant(fmt.Sprintf("%s[%d]", name, i), value)
		if err != nil {
			return false, err
		}
		switch at := slices.IndexFunc(g.all, func(other keyGrant) bool { return other.id == grant.id }); {
		case at < 0:
			g.all = append(g.all, grant)
		case at >= earlier:
			return false, fmt.Errorf("%s[%d].GrantId: %q is there twice", name, i, grant.id)
		}
	}
	return false, nil
}

func newKeyGrant(path string, value any) (keyGrant, error) {
	d, err := encodeDocument(value, path, grantShape)
	if err != nil {
		return keyGrant{}, err
	}
	grant := keyGrant{id: field(value, "GrantId"), grantee: field(value, "GranteePrincipal"),
		service: field(value, "GranteeServicePrincipal"), body: d.body}
	if grant.id == "" {
		return keyGrant{}, errors.New(path + ".GrantId: a grant needs one")
	}
	return grant, nil
}

// listGrants answers kms:ListGrants for a key id or ARN, whole or by GrantId, GranteePrincipal or
// GranteeServicePrincipal.
func (s *Stub) listGrants(r Request) ([]byte, error) {
	k, err := s.key(r, r.Parameters["KeyId"])
	if err != nil {
		return nil, err
	}
	if k.grants.refuse(r) {
		return nil, jsonDenied()
	}
	chosen := slices.DeleteFunc(slices.Clone(k.grants.all), func(g keyGrant) bool { return !g.isAsked(r) })
	page, err := s.cut(r, grantPages, len(chosen))
	if err != nil {
		return nil, err
	}
	return json.Marshal(grantPage{Grants: bodies(chosen[page.from:page.to]), NextMarker: page.next, Truncated: page.next != ""})
}

// grantPage is an answer of ListGrants.
type grantPage struct {
	Grants     []json.RawMessage
	NextMarker string `json:",omitempty"`
	Truncated  bool
}

// refuse reports whether the question is one that the caller may not ask.
func (g keyGrants) refuse(r Request) bool {
	if r.Parameters["GranteePrincipal"] != "" {
		return g.ofGranteesDenied
	}
	return g.denied
}

// isAsked reports whether a grant passes all filters; absent ones don't narrow the listing.
func (g keyGrant) isAsked(r Request) bool {
	has := func(filter, value string) bool {
		wanted, asked := r.Parameters[filter]
		return !asked || wanted == value
	}
	return has("GrantId", g.id) && has("GranteePrincipal", g.grantee) && has("GranteeServicePrincipal", g.service)
}

func bodies(grants []keyGrant) []json.RawMessage {
	out := make([]json.RawMessage, 0, len(grants))
	for _, g := range grants {
		out = append(out, g.body)
	}
	return out
}
