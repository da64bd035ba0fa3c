package inventory

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// notSaid stands for an account or region that no file and no option names.
const notSaid = "unknown"

// resourceKey is what identifies a resource before its unit is known; AWS's ids are unique without it.
type resourceKey struct{ kind, id string }

// group is everything that was seen of one resource.
type group struct {
	resourceKey
	sightings []sighting
	own, hint Unit
	arn       string
}

// assemble turns sightings into sorted parts with their coverage.
func assemble(seen *sightings, options ImportOptions) []Part {
	groups := grouped(seen)
	only := onlyUnit(groups)
	parts := map[Unit]*Part{}
	if len(groups) == 0 && len(seen.empty) > 0 {
		unit := orUnit(options.unit(), Unit{Account: notSaid, Region: notSaid})
		unit.Partition = cmp.Or(unit.Partition, partitionOf(unit.Region))
		parts[unit] = &Part{Unit: unit}
	}
	var vendors []Resource
	for _, g := range groups {
		resource := g.resource(options, only)
		unit := resource.Unit
		unit.Account = cmp.Or(options.Account, unit.Account)
		if g.vendor() && resource.Kind == ForeignImage {
			vendors = append(vendors, resource)
			continue
		}
		if parts[unit] == nil {
			parts[unit] = &Part{Unit: unit}
		}
		parts[unit].Resources = append(parts[unit].Resources, resource)
	}
	lend(parts, vendors, options)
	sorted := make([]Part, 0, len(parts))
	for _, part := range parts {
		part.Coverage = importCoverage(part, seen.empty)
		part.Sort()
		sorted = append(sorted, *part)
	}
	slices.SortFunc(sorted, comparePart)
	return sorted
}

// lend puts vendors' images beside everything that may refer to them. They make no unit of their own unless there is
// nothing else in their region.
func lend(parts map[Unit]*Part, vendors []Resource, options ImportOptions) {
	for _, image := range vendors {
		lent := false
		for unit, part := range parts {
			if unit.Region == image.Region {
				part.Resources = append(part.Resources, image)
				lent = true
			}
		}
		if !lent {
			unit := image.Unit
			unit.Account = cmp.Or(options.Account, unit.Account)
			parts[unit] = &Part{Unit: unit, Resources: []Resource{image}}
		}
	}
}

// grouped collects the sightings by resource, in a fixed order.
func grouped(seen *sightings) []*group {
	groups := map[resourceKey]*group{}
	for _, key := range slices.SortedFunc(maps.Keys(seen.byKey), compareSightingKey) {
		s, id := seen.byKey[key], resourceKey{key.kind, key.id}
		if groups[id] == nil {
			groups[id] = &group{resourceKey: id}
		}
		g := groups[id]
		g.sightings = append(g.sightings, s)
		g.own, g.hint, g.arn = orUnit(g.own, s.own), orUnit(g.hint, s.hint), cmp.Or(g.arn, s.arn)
	}
	return slices.SortedFunc(maps.Values(groups), func(a, b *group) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.id, b.id))
	})
}

func compareSightingKey(a, b sightingKey) int {
	return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.id, b.id), cmp.Compare(a.fact, b.fact),
		cmp.Compare(a.item, b.item))
}

// orUnit fills each empty field from the following units.
func orUnit(units ...Unit) Unit {
	var unit Unit
	for _, u := range units {
		unit.Partition = cmp.Or(unit.Partition, u.Partition)
		unit.Account = cmp.Or(unit.Account, u.Account)
		unit.Region = cmp.Or(unit.Region, u.Region)
	}
	return unit
}

// onlyUnit holds the account, region and partition that all of the output agrees on; where it names several, none.
func onlyUnit(groups []*group) Unit {
	partitions, accounts, regions := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, g := range groups {
		if g.vendor() {
			continue
		}
		for _, u := range []Unit{g.own, g.hint} {
			partitions[u.Partition], accounts[u.Account], regions[u.Region] = true, true, true
		}
	}
	return Unit{Partition: only(partitions), Account: only(accounts), Region: only(regions)}
}

func only(set map[string]bool) string {
	delete(set, "")
	if len(set) != 1 {
		return ""
	}
	for name := range set {
		return name
	}
	return ""
}

// resource settles unit and kind of what was seen.
func (g *group) resource(options ImportOptions, only Unit) Resource {
	unit := orUnit(g.own, options.unit(), g.hint, only, Unit{Account: notSaid, Region: notSaid})
	unit.Partition = cmp.Or(unit.Partition, partitionOf(unit.Region))
	id := g.id
	if g.kind == Settings {
		id = unit.Account + "/" + unit.Region
	}
	resource := NewResource(g.kind, unit, id)
	resource.Kind, resource.ARN = g.settledKind(options.Account), cmp.Or(g.arn, resource.ARN)
	for _, s := range g.sightings {
		resource.Facts[s.key.fact] = g.fact(s)
	}
	return resource
}

// vendor reports whether AWS itself or a seller in its Marketplace owns the image: nobody hands those over to be judged.
func (g *group) vendor() bool {
	if g.kind != AMI {
		return false
	}
	for _, s := range g.sightings {
		var image struct{ ImageOwnerAlias string }
		if json.Unmarshal(s.value, &image) == nil && slices.Contains(vendorAliases, image.ImageOwnerAlias) {
			return true
		}
	}
	return false
}

// vendorAliases are the owner aliases that AWS gives to others' images; images of AWS Backup are the account's own.
var vendorAliases = []string{"amazon", "aws-marketplace"}

// settledKind tells other owners' images and snapshots from those of the account that is judged.
func (g *group) settledKind(account string) string {
	if g.vendor() && g.own.Account != account {
		return ForeignImage
	}
	if account == "" || g.own.Account == "" || g.own.Account == account {
		return g.kind
	}
	switch g.kind {
	case AMI:
		return ForeignImage
	case Snapshot:
		return ForeignSnapshot
	}
	return g.kind
}

// fact returns a sighting as a fact; the items of a list are joined in their order.
func (g *group) fact(s sighting) Fact {
	fact := Fact{Status: s.status, Value: s.value, Derived: s.derived, Action: s.action, Code: s.code}
	if s.listed {
		var values [][]byte
		for _, item := range g.sightings {
			values = append(values, item.value)
		}
		fact.Value = slices.Concat([]byte("["), bytes.Join(values, []byte(",")), []byte("]"))
	}
	return fact
}

// partitionOf knows the partition by the region's prefix (Regions and partitions, AWS General Reference).
func partitionOf(region string) string {
	prefixes := []struct{ prefix, partition string }{
		{"cn-", "aws-cn"}, {"us-gov-", "aws-us-gov"}, {"us-iso-", "aws-iso"}, {"us-isob-", "aws-iso-b"},
		{"eu-isoe-", "aws-iso-e"}, {"us-isof-", "aws-iso-f"}, {"eusc-", "aws-eusc"},
	}
	for _, p := range prefixes {
		if strings.HasPrefix(region, p.prefix) {
			return p.partition
		}
	}
	return "aws"
}
