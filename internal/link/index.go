package link

import (
	"encoding/json"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// index finds the resources of one part by kind and id.
type index struct {
	part    inventory.Part
	catalog inventory.Catalog
	world   World
	byID    map[string]map[string]inventory.Resource
	// mappings says which image maps a snapshot, and under which device name; the first image in order wins.
	mappings map[string]mapping
	// mappedBy are all images that map a snapshot, in order.
	mappedBy  map[string][]string
	templates []template
	// plans are the launches of each launcher, by kind and id, once they were asked for.
	plans map[string]*plan
	// edges are what leads to each image, once that was asked for.
	edges *edges
	// instances and parameters are those of each image, once that was asked for.
	instances  *byImage
	parameters *byImage
	// linked are the facts to be joined, by kind.
	linked map[string][]linked
	// underKey says which images lie under which key, once that was asked for.
	underKey *underKey
	// audiences are who may launch the images that have the same launch permissions, once that was asked for.
	audiences map[string]*audience
	// members are the accounts of the organization as JSON, once that was asked for.
	members json.RawMessage
}

type mapping struct {
	image  string
	device string
}

func newIndex(part inventory.Part, catalog inventory.Catalog) *index {
	part.Sort()
	ix := indexLaunchers(part, catalog)
	ix.indexMappings()
	return ix
}

// indexLaunchers is an index that does not know which image maps a snapshot: to find what leads to images, nobody has to
// read the images.
func indexLaunchers(part inventory.Part, catalog inventory.Catalog) *index {
	ix := &index{
		part: part, catalog: catalog, byID: map[string]map[string]inventory.Resource{}, mappings: map[string]mapping{},
		plans: map[string]*plan{}, mappedBy: map[string][]string{}, audiences: map[string]*audience{},
	}
	for _, r := range part.Resources {
		if ix.byID[r.Kind] == nil {
			ix.byID[r.Kind] = map[string]inventory.Resource{}
		}
		ix.byID[r.Kind][r.ID] = r
	}
	ix.templates = readTemplates(part.Resources)
	return ix
}

func (ix *index) indexMappings() {
	for _, r := range ix.part.Resources {
		if r.Kind != inventory.AMI {
			continue
		}
		view := readImage(r)
		for _, id := range view.snapshotIDs() {
			ix.mappedBy[id] = append(ix.mappedBy[id], r.ID)
		}
		for _, m := range view.BlockDeviceMappings {
			if _, taken := ix.mappings[m.Ebs.SnapshotID]; !taken && m.Ebs.SnapshotID != "" {
				ix.mappings[m.Ebs.SnapshotID] = mapping{image: r.ID, device: m.DeviceName}
			}
		}
	}
}

// find returns the fact of another resource of the unit. Where the resource is not there, the fact is not_found if the
// listing of its kind was whole, and a gap with the listing's own status if it was not.
func (ix *index) find(of inventory.FactRef, id string) inventory.Fact {
	if of.Kind == inventory.KMSKey {
		return ix.withAction(of, ix.findKey(of, id))
	}
	if r, ok := ix.byID[of.Kind][id]; ok {
		return ix.withAction(of, r.Fact(of.Name))
	}
	listing, listed := ix.catalog.Listing(of.Kind)
	if t, _ := ix.catalog.Lookup(of); t.ByName || !listed || listing.Kind != of.Kind {
		return ix.withAction(of, inventory.Fact{Status: inventory.NotCollected})
	}
	return ix.absence(listing.FactRef)
}

// withAction names the action of a fact that was never asked for.
func (ix *index) withAction(of inventory.FactRef, fact inventory.Fact) inventory.Fact {
	if t, ok := ix.catalog.Lookup(of); ok && fact.Action == "" {
		fact.Action = t.Action
	}
	return fact
}

// absence says what it means that something is not in a listing: it does not exist if the listing was whole.
func (ix *index) absence(listing inventory.FactRef) inventory.Fact {
	c := ix.part.CoverageOf(listing.Kind, listing.Name)
	fact := inventory.Fact{Status: c.Status, Action: c.Action, Code: c.Code}
	switch {
	case c.Status.IsAnswer() && c.Narrowed != "":
		// A listing that was narrowed on purpose proves nothing about what is not in it.
		fact.Status, fact.Code = inventory.NotCollected, ""
	case c.Status.IsAnswer():
		fact.Status = inventory.NotFound
	}
	return ix.withAction(listing, fact)
}

// list builds a linked list: its values, and what it lacks.
type list struct {
	unit   inventory.Unit
	values []json.RawMessage
	gaps   []inventory.Gap
}

// add takes the value of a fact into the list; what does not exist is left out, what is no answer becomes a gap.
func (l *list) add(name string, fact inventory.Fact) {
	switch {
	case fact.Status == inventory.Known:
		l.values = append(l.values, fact.Value)
	case !fact.Status.IsAnswer():
		l.lack(name, fact)
	}
}

// addOnce takes a value into the list unless it is there.
func (l *list) addOnce(value json.RawMessage) {
	if !slices.ContainsFunc(l.values, func(v json.RawMessage) bool { return string(v) == string(value) }) {
		l.values = append(l.values, value)
	}
}

// need notes the gap in a fact that the list is made with, if there is one.
func (l *list) need(name string, fact inventory.Fact) {
	if !fact.Status.IsAnswer() {
		l.lack(name, fact)
	}
}

func (l *list) lack(name string, fact inventory.Fact) {
	l.addGap(inventory.Gap{Fact: name, Status: fact.Status, Action: fact.Action, Code: fact.Code, Unit: l.unit})
}

// addGap notes what is missing, once.
func (l *list) addGap(gap inventory.Gap) {
	if !slices.Contains(l.gaps, gap) {
		l.gaps = append(l.gaps, gap)
	}
}

// fact closes the list. With gaps it has the worst status, and its value is the part that is known.
func (l *list) fact() inventory.Fact {
	fact := inventory.Fact{Status: inventory.Known, Gaps: l.gaps, Value: joinList(l.values)}
	for _, gap := range l.gaps {
		fact.Status = inventory.Worst(fact.Status, gap.Status)
	}
	return fact
}

func joinList(values []json.RawMessage) json.RawMessage {
	if values == nil {
		values = []json.RawMessage{}
	}
	text, err := json.Marshal(values)
	if err != nil {
		// The values were read as JSON before; a list of them is JSON.
		return json.RawMessage("[]")
	}
	return text
}
