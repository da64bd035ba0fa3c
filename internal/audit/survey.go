package audit

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
	"github.com/amiscan/amiscan/internal/store"
)

// survey is what must be known of the whole inventory before the first finding.
type survey struct {
	units    []string
	accounts []string
	regions  []string
	// regionsOf counts the units of each account.
	regionsOf map[string]int
	from, to  time.Time
	coverage  *coverage
	sha256    string
	// foreign are the owners of the images that are evidence only, by image.
	foreign map[string]string
	// doors are what is known of the accounts themselves, missing what the inventory lacks of them.
	doors   doors
	missing missing
	// world is what joining one unit needs to know of the others.
	world link.World
}

// surveyParts walks the inventory once: a part that can't be read stops the run before anything was judged. The coverage is nil
// for one that asks only what there is.
func surveyParts(parts iter.Seq2[inventory.Part, error], world link.World, coverage *coverage) (survey, error) {
	s := survey{regionsOf: map[string]int{}, world: world, coverage: coverage, foreign: map[string]string{}, doors: newDoors()}
	var err error
	s.sha256, err = store.SHA256(func(yield func(inventory.Part, error) bool) {
		for part, err := range parts {
			s.see(part)
			if !yield(part, err) {
				return
			}
		}
	})
	slices.Sort(s.units)
	slices.Sort(s.accounts)
	slices.Sort(s.regions)
	s.accounts, s.regions = slices.Compact(s.accounts), slices.Compact(s.regions)
	return s, err
}

// lookBeyond notes the accounts that have regions which nobody read. How many there are is not always known.
func (s *survey) lookBeyond(manifest inventory.Manifest) {
	for _, account := range s.accounts {
		if !s.sawAll(account, manifest) {
			s.world.Unseen(inventory.Unit{Account: account, Region: "others"}, inventory.Coverage{})
		}
	}
}

// sawAll reports whether every region that an account has was read, or is known by name: the world sees those itself.
func (s *survey) sawAll(account string, manifest inventory.Manifest) bool {
	_, known := s.doors.regions[account]
	return known || manifest.EnabledRegions > 0 && s.regionsOf[account] >= manifest.EnabledRegions
}

func (s *survey) see(part inventory.Part) {
	s.world.See(part)
	if part.Region == inventory.Global {
		s.doors.see(part)
	} else {
		s.units = append(s.units, part.Account+"/"+part.Region)
		s.accounts = append(s.accounts, part.Account)
		s.regions = append(s.regions, part.Region)
		s.regionsOf[part.Account]++
	}
	s.coverage.see(part)
	for _, r := range part.Resources {
		if r.Kind == inventory.ForeignImage {
			s.foreign[r.ID] = r.Account
		}
	}
	if part.Observed.IsZero() {
		return
	}
	if s.from.IsZero() || part.Observed.Before(s.from) {
		s.from = part.Observed
	}
	if part.Observed.After(s.to) {
		s.to = part.Observed
	}
}

// ageWarning says how old the inventory is where that matters.
func (s *survey) ageWarning(now time.Time) []string {
	if s.from.IsZero() || now.Sub(s.from) <= staleAfter {
		return nil
	}
	days, since := int(now.Sub(s.from).Hours()/24), s.from.Format(time.DateOnly)
	return []string{fmt.Sprintf("the inventory is %d days old: what changed since %s is not seen", days, since)}
}
