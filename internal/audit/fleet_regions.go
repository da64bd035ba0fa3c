package audit

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/collect"
)

// findFleet finds what a run over many accounts needs before it begins: the organization, and which regions there are.
// Which of them an account has is asked of each account.
func (t *Target) findFleet(ctx context.Context) error {
	w := t.asked.Whose
	t.manifest.Accounts = slices.Compact(slices.Sorted(slices.Values(w.Accounts)))
	t.manifest.Filters, t.manifest.Role = w.filters(), w.Role.Name
	if w.Organization {
		found, err := t.account.FindOrganization(ctx, collect.Listing{Now: t.asked.Clock(), Trace: t.asked.Trace})
		if err != nil {
			return err
		}
		t.organization, t.manifest.Organization = found, found.ID
	}
	return t.findPartitionRegions(ctx)
}

// findPartitionRegions writes all regions into the manifest, not the word for them: workers that disagree about the regions
// would divide them differently.
func (t *Target) findPartitionRegions(ctx context.Context) error {
	all, err := t.account.PartitionRegions(ctx, t.asked.Trace)
	if err != nil {
		return err
	}
	var names []string
	for _, region := range all {
		names = append(names, region.Name)
		t.everywhere[region.Name] = region.Everywhere
	}
	t.account = t.account.At(t.door(names))
	if len(t.asked.Regions) == 0 || slices.Contains(t.asked.Regions, AllRegions) {
		t.manifest.Regions, t.manifest.AllRegions = names, true
		return nil
	}
	for _, region := range t.asked.Regions {
		if !slices.Contains(names, region) {
			return fmt.Errorf("partition %s has no region %s: it has %s", t.account.Partition, region, strings.Join(names, ", "))
		}
	}
	t.manifest.Regions = slices.Compact(slices.Sorted(slices.Values(t.asked.Regions)))
	return nil
}

// door is the region in which accounts are entered: one that all of them have, near the caller if that can be.
func (t *Target) door(names []string) string {
	for _, region := range slices.Concat([]string{t.account.Region}, t.asked.Regions, names) {
		if t.everywhere[region] {
			return region
		}
	}
	return t.account.Region
}
