package awsstub

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
)

// place is one account in one region.
type place struct{ account, region string }

// catalog is everything that is served, written in advance as it goes over the wire. It never changes.
type catalog struct {
	// first is the account of the first part.
	first string
	// observed is the latest observation time of the parts.
	observed   time.Time
	partitions map[string]string
	// regions are those of each account, sorted; the pseudo-region of organization data is none.
	regions   map[string][]string
	images    map[string]*shelf
	snapshots map[string]*shelf
	templates map[place][]*template
	// items are those of the rosters, by action.
	items map[string]map[place]*stand
	// settings are by action, profiles by account and name.
	settings map[place]map[string]document
	profiles map[place]map[string]document
	keys     map[place]map[string]*key
	aliases  map[place]map[string]alias
	// documents are those of the document facts, by fact.
	documents  map[string]map[place]map[string]document
	parameters map[place]map[string]document
	// selected are parameters by NAME:VERSION, where no part holds that name itself.
	selected      map[place]map[string]document
	organizations map[string]document
	// organizationARNs names each account's organization, for images that are shared with it.
	organizationARNs map[string]string
	// trees are the organizations by their management accounts, treeOfMember by every account in them.
	trees, treeOfMember map[string]*accountTree
	doors               map[string]door
}

// globalRegion holds organization data; it is no region of AWS.
const globalRegion = "global"

func newCatalog(parts []inventory.Part) (*catalog, error) {
	c := &catalog{
		first: "123456789012", partitions: map[string]string{}, regions: map[string][]string{},
		items: map[string]map[place]*stand{}, settings: map[place]map[string]document{},
		profiles: map[place]map[string]document{},
		images:   map[string]*shelf{}, snapshots: map[string]*shelf{}, templates: map[place][]*template{},
		keys: map[place]map[string]*key{}, aliases: map[place]map[string]alias{}, documents: map[string]map[place]map[string]document{},
		parameters:    map[place]map[string]document{},
		selected:      map[place]map[string]document{},
		organizations: map[string]document{}, organizationARNs: map[string]string{},
		trees: map[string]*accountTree{}, treeOfMember: map[string]*accountTree{}, doors: map[string]door{},
	}
	if len(parts) > 0 {
		c.first = parts[0].Account
	}
	for _, p := range parts {
		if err := c.addPart(p); err != nil {
			return nil, err
		}
	}
	c.lendMetadata()
	c.sort()
	return c, c.joinOrganizations()
}

func (c *catalog) addPart(p inventory.Part) error {
	if p.Observed.After(c.observed) {
		c.observed = p.Observed
	}
	c.partitions[p.Account] = cmp.Or(p.Partition, "aws")
	if p.Region != globalRegion {
		c.regions[p.Account] = append(c.regions[p.Account], p.Region)
	}
	c.closeDoor(p)
	for _, r := range p.Resources {
		if err := c.addResource(p, r); err != nil {
			return fmt.Errorf("serve %s %q of %s/%s: %w", r.Kind, r.ID, p.Account, p.Region, err)
		}
	}
	return nil
}

func (c *catalog) addResource(p inventory.Part, r inventory.Resource) error {
	if err := checkFacts(r); err != nil {
		return err
	}
	if r.Region != p.Region {
		return fmt.Errorf("its region %q is not the part's", r.Region)
	}
	if err := errors.Join(c.addItems(p, r), c.addDocuments(p, r)); err != nil {
		return err
	}
	switch r.Kind {
	case inventory.Account:
		return c.addAccount(p, r)
	case inventory.AMI, inventory.ForeignImage:
		return c.addImage(p, r)
	case inventory.Snapshot, inventory.ForeignSnapshot:
		return c.addSnapshot(p, r)
	case inventory.LaunchTemplate:
		return c.addTemplate(r)
	case inventory.KMSKey:
		return c.addKey(p, r)
	case inventory.KMSAlias:
		return c.addAlias(p, r)
	case inventory.SSMParameter:
		return c.addParameter(p, r)
	case inventory.Settings:
		return c.addSettings(p, r)
	case inventory.InstanceProfile:
		return c.addProfile(p, r)
	}
	return nil
}

// sort puts everything that is listed into one order. AWS promises none.
func (c *catalog) sort() {
	for account, regions := range c.regions {
		slices.Sort(regions)
		c.regions[account] = slices.Compact(regions)
	}
	for _, shelf := range c.images {
		shelf.sort()
	}
	for _, shelf := range c.snapshots {
		shelf.sort()
	}
	for _, places := range c.items {
		for _, there := range places {
			slices.SortStableFunc(there.all, func(a, b item) int { return cmp.Compare(a.id, b.id) })
		}
	}
	for _, templates := range c.templates {
		slices.SortFunc(templates, func(a, b *template) int { return cmp.Compare(a.id, b.id) })
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
