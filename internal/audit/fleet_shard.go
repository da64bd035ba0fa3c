package audit

import (
	"context"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/shard"
)

// eachMine hands out the accounts of which this worker reads something. A divided run has to know all of them first.
func (f *fleet) eachMine(ctx context.Context, do func(inventory.Member) error) error {
	if f.asked.Shard.Whole() {
		return f.knowing(f.eachMember(ctx, func(m inventory.Member) error {
			f.members[m.ID] = m
			return do(m)
		}))
	}
	var all []inventory.Member
	err := f.knowing(f.eachMember(ctx, func(m inventory.Member) error {
		f.members[m.ID] = m
		all = append(all, m)
		return nil
	}))
	if err != nil {
		return err
	}
	f.divide(all)
	for _, m := range all {
		if f.mine[m.ID] == nil {
			continue
		}
		if err := do(m); err != nil {
			return err
		}
	}
	return nil
}

// knowing lets those go on who wait until all accounts are known. Where the list broke off they never are: whose keys a unit
// uses is then not known either, and the unit is left to the next run.
func (f *fleet) knowing(err error) error {
	if err == nil {
		close(f.known)
	}
	return err
}

// Weights of a unit: an account has a region that is enabled everywhere, and perhaps one that is not.
const (
	sureWeight    = 4
	perhapsWeight = 1
)

// divide takes this worker's share of all units that there may be. Which of them exist, the doors say.
func (f *fleet) divide(all []inventory.Member) {
	slices.SortFunc(all, func(a, b inventory.Member) int { return strings.Compare(a.ID, b.ID) })
	var units []inventory.Unit
	for _, m := range all {
		for _, region := range f.manifest.Regions {
			units = append(units, inventory.Unit{Account: m.ID, Region: region})
		}
	}
	f.mine = map[string][]string{}
	for _, u := range shard.Split(units, f.weight, f.asked.Shard) {
		f.mine[u.Account] = append(f.mine[u.Account], u.Region)
	}
}

func (f *fleet) weight(u inventory.Unit) int {
	if f.everywhere[u.Region] {
		return sureWeight
	}
	return perhapsWeight
}
