package awsstub

import (
	"errors"
	"slices"
)

// shelf holds the images or the snapshots of one region.
type shelf struct {
	// byID may hold several records of one id: as several parts know it, the owner's first.
	byID map[string][]*record
	// ids are all ids, sorted.
	ids []string
}

// put adds a record, unless the same part holds it already or two accounts claim to own it.
func (s *shelf) put(r *record) error {
	for _, other := range s.byID[r.id] {
		if other.seenBy == r.seenBy || other.isNative() && r.isNative() {
			return errors.New("it is there twice")
		}
	}
	if s.byID[r.id] == nil {
		s.ids = append(s.ids, r.id)
	}
	s.byID[r.id] = append(s.byID[r.id], r)
	return nil
}

func (s *shelf) sort() {
	slices.Sort(s.ids)
	for _, records := range s.byID {
		slices.SortStableFunc(records, ownersFirst)
	}
}

// ownersFirst orders the records of one id: the owner's is the best known.
func ownersFirst(a, b *record) int {
	switch {
	case a.isNative() == b.isNative():
		return 0
	case a.isNative():
		return -1
	}
	return 1
}

// find returns an account's view of an id, nil where it has none; organization is the ARN of the account's own.
func (s *shelf) find(id, account, organization string) *record {
	if s == nil {
		return nil
	}
	for _, r := range s.byID[id] {
		if r.owner == account || r.shown && r.seenBy == account || !r.disabled && r.grants.reach(account, organization) {
			return r
		}
	}
	return nil
}

// visible returns all that an account can see, by id.
func (s *shelf) visible(account, organization string) []*record {
	var found []*record
	if s == nil {
		return nil
	}
	for _, id := range s.ids {
		if r := s.find(id, account, organization); r != nil {
			found = append(found, r)
		}
	}
	return found
}

// has reports whether an id exists at all, for anybody.
func (s *shelf) has(id string) bool { return s != nil && s.byID[id] != nil }

// shelfOf returns a region's shelf, made at its first use.
func shelfOf(shelves map[string]*shelf, region string) *shelf {
	if shelves[region] == nil {
		shelves[region] = &shelf{byID: map[string][]*record{}}
	}
	return shelves[region]
}
