package awsstub

import (
	"slices"
	"strings"
)

// regionFilters are the filters of DescribeRegions.
var regionFilters = map[string]string{
	"region-name": "RegionName", "opt-in-status": "OptInStatus", "endpoint": "Endpoint",
}

// describeRegions answers DescribeRegions: the regions of the caller's parts. Those that DisableRegion named come only
// with AllRegions.
func (s *Stub) describeRegions(r Request) ([]byte, error) {
	filters, err := readFilters(r, regionFilters)
	if err != nil {
		return nil, err
	}
	regions := s.regions(r)
	names := r.list("RegionName")
	for _, name := range names {
		if !slices.Contains(regions, name) {
			return nil, invalid("InvalidParameterValue", "Invalid region names: ["+name+"]")
		}
	}
	if len(names) > 0 {
		regions = slices.DeleteFunc(regions, func(region string) bool { return !slices.Contains(names, region) })
	}
	items, err := s.regionItems(regions, filters)
	if err != nil {
		return nil, err
	}
	return listing{element: "regionInfo", items: items}.write(0, len(items), ""), nil
}

func (s *Stub) regionItems(regions []string, filters []filter) (items [][]byte, err error) {
	for _, region := range regions {
		doc := s.regionDocument(region)
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

// regions returns what the caller may see, sorted.
func (s *Stub) regions(r Request) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	regions := slices.DeleteFunc(slices.Clone(s.catalog.regions[r.Account]), func(region string) bool {
		return s.behaviour.disabled[region]
	})
	if r.isTrue("AllRegions") {
		regions = append(regions, sortedKeys(s.behaviour.disabled)...)
		slices.Sort(regions)
	}
	return regions
}

func (s *Stub) regionDocument(region string) map[string]any {
	status := "opt-in-not-required"
	if s.isDisabled(region) {
		status = "not-opted-in"
	}
	domain := "amazonaws.com"
	if strings.HasPrefix(region, "cn-") {
		domain += ".cn"
	}
	return map[string]any{"RegionName": region, "OptInStatus": status, "Endpoint": "ec2." + region + "." + domain}
}
