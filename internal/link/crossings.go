package link

import (
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// crossings are what leads to one image from units whose account does not own it.
type crossings struct {
	launches   []foreignLaunch
	instances  []foreignInstance
	parameters []foreignParameter
}

// foreignLaunch is a launch of another account's image.
type foreignLaunch struct {
	Account string `json:"account"`
	reference
}

// foreignInstance is an instance that was launched from another account's image.
type foreignInstance struct {
	Account    string `json:"account"`
	InstanceID string `json:"InstanceId"`
	LaunchTime string `json:",omitempty"`
	State      struct{ Name string }
}

// foreignParameter is an SSM parameter that holds another account's image.
type foreignParameter struct {
	Account string `json:"account"`
	Name    string
}

// unitGaps are why more may lead to images from one unit, by aspect; nil where the unit was seen whole.
type unitGaps [aspects][]inventory.Gap

func (g *unitGaps) of(aspect int) []inventory.Gap {
	if g == nil {
		return nil
	}
	return g[aspect]
}

// seeUnit takes in what leads from a unit to other accounts' images.
func (w *World) seeUnit(part inventory.Part) {
	if w.units == nil {
		w.units, w.crossings = map[place]*unitGaps{}, map[place]*crossings{}
	}
	at := place{intern(part.Region), intern(part.Account)}
	w.units[at] = nil
	if w.wanted == [aspects]bool{} {
		return
	}
	part.Resources = slices.Clone(part.Resources)
	slices.SortFunc(part.Resources, inventory.Resource.Compare)
	ix, gaps := indexLaunchers(part, w.catalog), unitGaps{}
	for aspect, see := range [aspects]func(*index) []inventory.Gap{w.seeLaunches, w.seeInstances, w.seeParameters} {
		if w.wanted[aspect] {
			gaps[aspect] = onePerFact(see(ix))
		}
	}
	if len(gaps[launching])+len(gaps[running])+len(gaps[naming]) > 0 {
		w.units[at] = &gaps
	}
}

// crossing returns what leads to an image of another account, or nil for an image of one's own and for those that Amazon
// or a seller of AWS Marketplace owns: these are in nobody's inventory.
func (w *World) crossing(ix *index, image string) *crossings {
	if _, own := ix.byID[inventory.AMI][image]; own || image == "" {
		return nil
	}
	var view struct{ ImageOwnerAlias string }
	decode(ix.byID[inventory.ForeignImage][image].Fact("image"), &view)
	if isPublisher(view.ImageOwnerAlias) {
		return nil
	}
	at := place{intern(ix.part.Region), intern(image)}
	if w.crossings[at] == nil {
		w.crossings[at] = &crossings{}
	}
	return w.crossings[at]
}

// isPublisher holds for the aliases of those who publish images (API Reference, ImageMetadata).
func isPublisher(alias string) bool { return alias == "amazon" || alias == "aws-marketplace" }

func (w *World) seeLaunches(ix *index) []inventory.Gap {
	l := &list{unit: ix.part.Unit}
	for _, listing := range launcherListings {
		l.need(listing.Name, ix.absence(listing))
	}
	for _, r := range ix.part.Resources {
		if !slices.Contains(launcherKinds(), r.Kind) {
			continue
		}
		p, d := ix.launchesOf(r), ix.describe(r, Options{})
		for _, gap := range p.gaps {
			l.addGap(gap)
		}
		for _, launch := range p.launches {
			if c := w.crossing(ix, launch.ImageID); c != nil {
				c.launches = append(c.launches, foreignLaunch{intern(ix.part.Account), launch.reference(d).interned()})
			}
		}
	}
	return l.gaps
}

// interned is the reference with every text kept only once: versions share their template, overrides their group.
func (r reference) interned() reference {
	for _, text := range []*string{&r.Kind, &r.ID, &r.Name, &r.Edge, &r.Subject, &r.TemplateID, &r.Parameter} {
		*text = intern(*text)
	}
	return r
}

func (w *World) seeInstances(ix *index) []inventory.Gap {
	l := &list{unit: ix.part.Unit}
	l.need(instanceFact.Name, ix.absence(instanceFact))
	for _, fact := range ix.over(inventory.Instance, instanceFact.Name) {
		var view struct {
			foreignInstance
			ImageMetadata struct {
				ImageID         string `json:"ImageId"`
				OwnerID         string `json:"OwnerId"`
				ImageOwnerAlias string
			}
		}
		l.need(instanceFact.Name, ix.read(instanceFact, fact, &view))
		if isPublisher(view.ImageMetadata.ImageOwnerAlias) || view.ImageMetadata.OwnerID == ix.part.Account {
			continue
		}
		if c := w.crossing(ix, view.ImageMetadata.ImageID); c != nil {
			i := view.foreignInstance
			i.Account, i.State.Name = intern(ix.part.Account), intern(i.State.Name)
			c.instances = append(c.instances, i)
		}
	}
	return l.gaps
}

func (w *World) seeParameters(ix *index) []inventory.Gap {
	l := &list{unit: ix.part.Unit}
	l.need(metadataFact.Name, ix.absence(metadataFact))
	for _, fact := range ix.overParameters() {
		var view struct{ Name, Value string }
		l.need(imageParameterFact.Name, ix.read(imageParameterFact, fact, &view))
		if c := w.crossing(ix, view.Value); c != nil {
			c.parameters = append(c.parameters, foreignParameter{intern(ix.part.Account), view.Name})
		}
	}
	return l.gaps
}

// onePerFact keeps the worst gap of each fact.
func onePerFact(gaps []inventory.Gap) []inventory.Gap {
	var kept []inventory.Gap
	for _, gap := range gaps {
		i := slices.IndexFunc(kept, func(g inventory.Gap) bool { return g.Fact == gap.Fact })
		switch {
		case i < 0:
			kept = append(kept, gap)
		case kept[i].Status != gap.Status && inventory.Worst(kept[i].Status, gap.Status) == gap.Status:
			kept[i] = gap
		}
	}
	return kept
}
