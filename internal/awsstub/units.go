package awsstub

import (
	"strings"
	"sync"

	"github.com/amiscan/amiscan/internal/inventory"
)

// units holds the catalogs of a source's units: those that were asked for last, and of each region what is lent.
type units struct {
	source Source
	// global is the catalog of what has no region.
	global *catalog

	mu sync.Mutex
	// most is how many catalogs are kept; compiled counts those that were ever made, uses the questions for them.
	most, compiled, uses int
	kept                 map[place]*shelved
	lent                 map[string]func() (loan, error)
}

// usualUnits is how many catalogs are kept: a few hundred are asked for at a time, the others come and go.
const usualUnits = 512

// KeepUnits says how many units of a source are held in memory, at least one. Without it there are a few hundred.
func KeepUnits(n int) Option { return func(b *behaviour) { b.keepUnits = n } }

// shelved is the catalog of a place, made at its first use.
type shelved struct {
	compile func() (*catalog, error)
	lastUse int
}

func newUnits(source Source, global *catalog) *units {
	return &units{source: source, global: global, kept: map[place]*shelved{},
		lent: map[string]func() (loan, error){}}
}

// own returns what an account itself has in a region.
func (u *units) own(at place) (*catalog, error) {
	u.mu.Lock()
	there := u.kept[at]
	if there == nil {
		u.makeRoom()
		// Clones, for the texts of a request keep all of it in memory.
		at = place{strings.Clone(at.account), strings.Clone(at.region)}
		there = &shelved{compile: sync.OnceValues(func() (*catalog, error) { return u.compile(at) })}
		u.kept[at] = there
	}
	u.uses++
	there.lastUse = u.uses
	u.mu.Unlock()
	return there.compile()
}

// makeRoom forgets the catalogs that nobody has asked for in the longest time.
func (u *units) makeRoom() {
	for len(u.kept) >= u.most {
		var oldest place
		for at, there := range u.kept {
			if first := u.kept[oldest]; first == nil || there.lastUse < first.lastUse {
				oldest = at
			}
		}
		delete(u.kept, oldest)
	}
}

func (u *units) compile(at place) (*catalog, error) {
	u.mu.Lock()
	u.compiled++
	u.mu.Unlock()
	p, err := u.source.Part(at.account, at.region)
	if err != nil {
		return nil, err
	}
	c, err := newCatalog([]inventory.Part{p})
	if err != nil {
		return nil, err
	}
	c.partitions, c.regions, c.organizationARNs = u.global.partitions, u.global.regions, u.global.organizationARNs
	return c, nil
}

// loan is what accounts share with others in a region.
type loan struct{ images, snapshots []*record }

// lentIn returns what is lent in a region.
func (u *units) lentIn(region string) (loan, error) {
	u.mu.Lock()
	lent := u.lent[region]
	if lent == nil {
		lent = sync.OnceValues(func() (loan, error) { return u.borrow(region) })
		u.lent[region] = lent
	}
	u.mu.Unlock()
	return lent()
}

func (u *units) borrow(region string) (loan, error) {
	var all loan
	for _, account := range u.source.Lenders(region) {
		c, err := u.compile(place{account, region})
		if err != nil {
			return loan{}, err
		}
		all.images = append(all.images, c.images[region].shared()...)
		all.snapshots = append(all.snapshots, c.snapshots[region].shared()...)
	}
	return all, nil
}

// shared returns the records that anybody but the owner may see.
func (s *shelf) shared() (some []*record) {
	if s == nil {
		return nil
	}
	for _, id := range s.ids {
		if r := s.byID[id][0]; r.isNative() && !r.grants.isEmpty() {
			some = append(some, r)
		}
	}
	return some
}

// isEmpty reports whether nobody is meant.
func (g grants) isEmpty() bool {
	return !g.everyone && len(g.accounts) == 0 && len(g.organizations) == 0
}
