package awsstub

import (
	"maps"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// serving returns the stub with the catalog that a request is about. Without a source there is only one.
func (s *Stub) serving(r Request) (*Stub, error) {
	if s.units == nil || isGlobalCall(r) {
		return s, nil
	}
	c, err := s.units.about(r)
	if err != nil {
		return nil, err
	}
	return &Stub{catalog: c, units: s.units, state: s.state}, nil
}

// about returns what the caller has in the region of a request, with those of others' resources that it may be about.
func (u *units) about(r Request) (*catalog, error) {
	at := place{r.Account, r.Region}
	if r.Service == "iam" {
		at.region = inventory.Global
	}
	c, err := u.own(at)
	if err != nil {
		return nil, err
	}
	switch r.Service {
	case "ec2":
		return u.withRecords(c, r)
	case "kms":
		return u.withKeys(c, r)
	}
	return c, nil
}

// withRecords adds what is lent, where a listing is not of the caller's own, and what is asked for by its id.
func (u *units) withRecords(c *catalog, r Request) (*catalog, error) {
	var more loan
	if r.listsOthers() {
		lent, err := u.lentIn(r.Region)
		if err != nil {
			return nil, err
		}
		more = loan{slices.Clone(lent.images), slices.Clone(lent.snapshots)}
	}
	for _, id := range r.Parameters {
		images, snapshots, err := u.named(c, r, id)
		if err != nil {
			return nil, err
		}
		more.images, more.snapshots = append(more.images, images...), append(more.snapshots, snapshots...)
	}
	if len(more.images)+len(more.snapshots) == 0 {
		return c, nil
	}
	wider := *c
	wider.images = map[string]*shelf{r.Region: c.images[r.Region].with(more.images)}
	wider.snapshots = map[string]*shelf{r.Region: c.snapshots[r.Region].with(more.snapshots)}
	return &wider, nil
}

// listsOthers reports whether a request lists images or snapshots of whoever owns them.
func (r Request) listsOthers() bool {
	owners := r.list("Owner")
	ownAlone := len(owners) == 1 && (owners[0] == "self" || owners[0] == r.Account)
	return (r.Action == "DescribeImages" || r.Action == "DescribeSnapshots") && !ownAlone
}

// named returns what another account has under an id.
func (u *units) named(c *catalog, r Request, id string) (images, snapshots []*record, err error) {
	isRecord := strings.HasPrefix(id, "ami-") || strings.HasPrefix(id, "snap-")
	if !isRecord || c.images[r.Region].has(id) || c.snapshots[r.Region].has(id) {
		return nil, nil, nil
	}
	owner := u.source.Owner(id)
	if owner == "" || owner == r.Account {
		return nil, nil, nil
	}
	theirs, err := u.own(place{owner, r.Region})
	if err != nil {
		return nil, nil, err
	}
	return theirs.images[r.Region].native(id), theirs.snapshots[r.Region].native(id), nil
}

// native returns the owner's own record of an id, if there is one.
func (s *shelf) native(id string) []*record {
	if !s.has(id) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(s.byID[id]), func(r *record) bool { return !r.isNative() })
}

// with returns a shelf that holds more records. Those that it has already stay as they are.
func (s *shelf) with(more []*record) *shelf {
	wider := &shelf{byID: map[string][]*record{}}
	if s != nil {
		wider.byID, wider.ids = maps.Clone(s.byID), slices.Clone(s.ids)
	}
	for _, r := range more {
		if wider.byID[r.id] == nil {
			wider.byID[r.id], wider.ids = []*record{r}, append(wider.ids, r.id)
		}
	}
	slices.Sort(wider.ids)
	return wider
}

// withKeys adds the keys of the account whose key is asked for by its ARN: they are denied to the caller, but they exist.
func (u *units) withKeys(c *catalog, r Request) (*catalog, error) {
	at := place{arnAccount(r.Parameters["KeyId"]), r.Region}
	if at.account == "" || at.account == r.Account || !slices.Contains(u.global.regions[at.account], r.Region) {
		return c, nil
	}
	theirs, err := u.own(at)
	if err != nil {
		return nil, err
	}
	wider := *c
	wider.keys = maps.Clone(c.keys)
	wider.keys[at] = theirs.keys[at]
	return &wider, nil
}
