package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// doors are what the global units say: which accounts there are, and which regions each of them has.
type doors struct {
	// members are the accounts that organizations listed, by organization and id.
	members map[string]map[string]inventory.Member
	// regions are those that an account has enabled; refused is the fact in their place.
	regions map[string][]string
	refused map[string]inventory.Fact
}

func newDoors() doors {
	return doors{
		members: map[string]map[string]inventory.Member{}, regions: map[string][]string{}, refused: map[string]inventory.Fact{},
	}
}

// see takes in a global unit.
func (d *doors) see(part inventory.Part) {
	for _, r := range part.Resources {
		if r.Kind != inventory.Account {
			continue
		}
		if r.Fact("account").Status == inventory.Known {
			d.add(inventory.MemberOf(r))
		}
	}
	regions, why := part.EnabledRegions()
	switch {
	case why == nil:
		d.regions[part.Account] = regions
	case why.Status != inventory.NotCollected:
		d.refused[part.Account] = *why
	}
}

// name says what people call the account of a finding, and where it stands in the organization.
func (d *doors) name(f *finding.Finding) {
	for _, members := range d.members {
		if member, ok := members[f.Resource.Account]; ok {
			f.Resource.AccountName, f.Resource.OU = member.Name, member.Path()
		}
	}
}

// missing is what was asked for and is not there.
type missing struct {
	// units are "account/region", accounts those that nothing is known of.
	units    []string
	accounts []string
}

func (d *doors) add(m inventory.Member) {
	if d.members[m.Organization] == nil {
		d.members[m.Organization] = map[string]inventory.Member{}
	}
	d.members[m.Organization][m.ID] = m
}

// missingFrom says what the inventory lacks of what the manifests ask for: collecting was cut short, or an account could
// not be entered for a while. Accounts that refused are told of by their coverage, and those that are closed nobody can
// read.
func (d *doors) missingFrom(m inventory.Manifest, there []string) missing {
	var all missing
	asked := m.Joined
	if len(asked) == 0 {
		asked = []inventory.Manifest{m}
	}
	for _, one := range asked {
		d.addMissing(&all, one, there)
	}
	slices.Sort(all.units)
	slices.Sort(all.accounts)
	all.units, all.accounts = slices.Compact(all.units), slices.Compact(all.accounts)
	return all
}

func (d *doors) addMissing(all *missing, m inventory.Manifest, there []string) {
	if !whoseOf(m).Many() {
		if m.Caller != "" {
			all.addUnits(m.Caller, m.Regions, there)
		}
		return
	}
	for _, account := range d.asked(m) {
		regions, entered := d.regions[account]
		why, refused := d.refused[account]
		switch {
		case entered:
			if !m.AllRegions {
				regions = intersection(m.Regions, regions)
			}
			all.addUnits(account, regions, there)
		case !refused || why.Status == inventory.NotVisible:
			// That an account is shut makes no run incomplete, unless it was asked for by its id.
			all.accounts = append(all.accounts, account)
		}
	}
}

// asked are the accounts that a manifest asks for and that can be read, and those that it asks for by id, whatever their
// state. An organization whose accounts were never listed stands for them.
func (d *doors) asked(m inventory.Manifest) []string {
	w := whoseOf(m)
	if !w.Organization {
		return slices.DeleteFunc(slices.Clone(w.Accounts), func(id string) bool { return slices.Contains(w.Skip, id) })
	}
	if len(d.members[m.Organization]) == 0 {
		return []string{m.Organization}
	}
	var ids []string
	for id, member := range d.members[m.Organization] {
		wants, err := w.wants(member)
		if (wants || err != nil) && (member.State.IsOpen() || slices.Contains(w.Accounts, id)) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (m *missing) addUnits(account string, regions, there []string) {
	for _, region := range regions {
		if unit := account + "/" + region; !contains(there, unit) {
			m.units = append(m.units, unit)
		}
	}
}

// contains reports whether a sorted list holds a word.
func contains(sorted []string, word string) bool {
	_, found := slices.BinarySearch(sorted, word)
	return found
}

func intersection(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(word string) bool { return !slices.Contains(b, word) })
}

// warning says which units are missing altogether.
func (m missing) warning() []string {
	all := slices.Concat(m.accounts, m.units)
	if len(all) == 0 {
		return nil
	}
	const shown = 10
	text := strings.Join(all[:min(len(all), shown)], ", ")
	if len(all) > shown {
		text += fmt.Sprintf(" and %d more", len(all)-shown)
	}
	return []string{"nothing was read of " + text + ": what is there was not seen"}
}
