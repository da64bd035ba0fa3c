package link

import (
	"slices"
	"unique"

	"github.com/amiscan/amiscan/internal/inventory"
)

// World is what joining one unit needs to know of all the others. It is filled in a first pass over the inventory and only
// read afterwards.
//
// It is small, however many images the units hold: in bytes about
//
//	400 for each account of the organization and its door
//	100 for each unit, and 150 for each gap in one that was not seen whole
//	350 for each launch of another account's image, 200 for each instance and parameter
//	400 for each image that was copied, 200 for each key
//
// and at most keyBudget for the facts of keys, and lentBudget for encrypted snapshots of shared images. A thousand accounts
// of seventeen regions, with fifty such launches and instances an account, take 30 MB.
type World struct {
	// leavesCopies says that nobody reads copies: the zero World keeps them, and nothing else that must be asked for.
	leavesCopies bool
	// wanted are the aspects of launching from an image that somebody reads; wantsKeys holds for keys.
	wanted    [aspects]bool
	wantsKeys bool
	catalog   inventory.Catalog

	copies    map[origin][]copied
	unseen    map[string][]inventory.Gap
	listing   listing
	doors     map[string]door
	units     map[place]*unitGaps
	crossings map[place]*crossings
	keys      keyRing
	lent      lentSnapshots
	witnesses witnesses
}

// place is something in a region: an account's unit, or an image. Their ids are never alike.
type place struct{ region, id string }

// NewWorld returns an empty World that takes in what the given linked facts need; nil means all of them. What leads to an
// image takes reading every launcher, so it is left out where nobody asks.
func NewWorld(facts []inventory.FactRef, catalog inventory.Catalog) World {
	w := World{catalog: catalog, leavesCopies: true}
	for _, l := range linkedFacts() {
		if facts != nil && !slices.Contains(facts, l.FactRef) {
			continue
		}
		w.wantsKeys = w.wantsKeys || slices.Contains(l.From, keyFact)
		if l.FactRef == copiesFact {
			w.leavesCopies = false
		}
		if i := slices.Index(aspectFacts[:], l.FactRef); i >= 0 {
			w.wanted[i] = true
		}
	}
	return w
}

// See takes in what a part says to other units.
func (w *World) See(part inventory.Part) {
	if part.Region == inventory.Global {
		w.listing.see(part)
		w.seeDoor(part)
		return
	}
	if w.witnesses == nil {
		w.witnesses = witnesses{}
	}
	w.witnesses.see(part)
	w.seeCopies(part)
	w.seeUnit(part)
	if w.wantsKeys {
		w.keys.see(part)
		w.lent.see(part)
	}
}

// intern returns an equal text that is kept only once: most of what the parts say, they all say.
func intern[T ~string](text T) T { return unique.Make(text).Value() }
