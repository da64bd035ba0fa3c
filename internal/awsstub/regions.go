package awsstub

import (
	"maps"
	"slices"
	"strings"
)

// regionFilters are the filters of DescribeRegions.
var regionFilters = map[string]string{
	"region-name": "RegionName", "opt-in-status": "OptInStatus", "endpoint": "Endpoint",
}

// optedOut is the status of a region that an account has not enabled.
const optedOut = "not-opted-in"

// describeRegions answers DescribeRegions: the regions that the caller's account tells of itself, else those of its parts.
// Those that are not enabled come only with AllRegions.
func (s *Stub) describeRegions(r Request) ([]byte, error) {
	if s.catalog.doors[r.Account].regionsDenied {
		return nil, &ec2Service.denied
	}
	filters, err := readFilters(r, regionFilters)
	if err != nil {
		return nil, err
	}
	regions := s.regions(r)
	names := r.list("RegionName")
	for _, name := range names {
		if regions[name] == nil {
			return nil, invalid("InvalidParameterValue", "Invalid region names: ["+name+"]")
		}
	}
	if len(names) > 0 {
		maps.DeleteFunc(regions, func(name string, _ map[string]any) bool { return !slices.Contains(names, name) })
	}
	items, err := regionItems(regions, filters)
	if err != nil {
		return nil, err
	}
	return listing{element: "regionInfo", items: items}.write(0, len(items), ""), nil
}

func regionItems(regions map[string]map[string]any, filters []filter) (items [][]byte, err error) {
	for _, name := range sortedKeys(regions) {
		doc := regions[name]
		if !matchAll(filters, filterFields(doc, regionFilters)) {
			continue
		}
		item, err := render(group(regionShape), "item", "region", doc)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

// regions returns what the caller may see, by name.
func (s *Stub) regions(r Request) map[string]map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	regions := s.catalog.regionsOf(r.Account)
	for name := range s.behaviour.disabled {
		if regions[name] == nil {
			regions[name] = regionDocument(name)
		}
		regions[name]["OptInStatus"] = optedOut
	}
	if !r.isTrue("AllRegions") {
		maps.DeleteFunc(regions, func(_ string, region map[string]any) bool { return region["OptInStatus"] == optedOut })
	}
	return regions
}

// regionsOf returns the regions that an account tells of itself, else those of its parts.
func (c *catalog) regionsOf(account string) map[string]map[string]any {
	regions := map[string]map[string]any{}
	if told := c.doors[account].regions; told != nil {
		for _, region := range told {
			regions[field(region, "RegionName")] = maps.Clone(region)
		}
		return regions
	}
	for _, name := range c.regions[account] {
		regions[name] = regionDocument(name)
	}
	return regions
}

// isOptedOut reports whether an account says of a region that it has not enabled it.
func (d door) isOptedOut(name string) bool {
	return slices.ContainsFunc(d.regions, func(region map[string]any) bool {
		return field(region, "RegionName") == name && field(region, "OptInStatus") == optedOut
	})
}

// regionDocument is what is told of an enabled region.
func regionDocument(region string) map[string]any {
	domain := "amazonaws.com"
	if strings.HasPrefix(region, "cn-") {
		domain += ".cn"
	}
	return map[string]any{"RegionName": region, "OptInStatus": "opt-in-not-required", "Endpoint": "ec2." + region + "." + domain}
}
