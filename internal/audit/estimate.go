package audit

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
)

// Estimate is what a run would cost, before it runs.
type Estimate struct {
	// Units are what would be read, in order.
	Units []inventory.Unit
	// Resources are how many of each kind are assumed in a unit.
	Resources map[string]int
	// Actions are the calls in one unit, the most first.
	Actions []ActionEstimate
	// PerUnit is the time that one unit takes at amiscan's own rates; Total the time of all of them, side by side.
	PerUnit time.Duration
	Total   time.Duration
}

// ActionEstimate is how often one action is called in one unit.
type ActionEstimate struct {
	Action string
	Calls  int
}

// Calls is the sum over all actions, for one unit.
func (e Estimate) Calls() int {
	sum := 0
	for _, a := range e.Actions {
		sum += a.Calls
	}
	return sum
}

// EstimateCalls computes the calls of one unit that the chosen policies take, for so many resources of each kind; what
// comes before the first fact is left out. It asks AWS nothing.
func (j *Judge) EstimateCalls(images []string, resources map[string]int) []ActionEstimate {
	calls := map[string]int{}
	for _, fact := range collect.Reads(collect.Request{Facts: j.Facts(), Images: images}) {
		calls[fact.Action] += fact.Calls.For(resources)
		for _, further := range fact.Besides {
			calls[further.Action] += further.Calls.For(resources)
		}
	}
	var all []ActionEstimate
	for _, action := range slices.Sorted(maps.Keys(calls)) {
		all = append(all, ActionEstimate{Action: action, Calls: calls[action]})
	}
	slices.SortStableFunc(all, func(a, b ActionEstimate) int { return cmp.Compare(b.Calls, a.Calls) })
	return all
}

// Estimate says what reading the target would take. Of an organization it lists the accounts; which regions each of them
// has, only entering them would tell, so that those count which every account has.
func (t *Target) Estimate(ctx context.Context, j *Judge, resources map[string]int) (Estimate, error) {
	e := Estimate{Units: t.Units(), Resources: resources, Actions: j.EstimateCalls(t.asked.Images, resources)}
	for _, a := range e.Actions {
		e.PerUnit = max(e.PerUnit, t.asked.Pacing.TimeOf(a.Action, a.Calls))
	}
	parallel := parallelUnits
	if t.asked.Whose.Many() {
		units, err := t.unitsOfMany(ctx)
		if err != nil {
			return e, err
		}
		e.Units, parallel = units, t.workers()
	}
	rounds := (len(e.Units) + parallel - 1) / parallel
	e.Total = time.Duration(rounds) * e.PerUnit
	return e, nil
}

// unitsOfMany are the units that there are likely to be.
func (t *Target) unitsOfMany(ctx context.Context) ([]inventory.Unit, error) {
	var units []inventory.Unit
	add := func(m inventory.Member) error {
		wants, err := t.asked.Whose.wants(m)
		for _, region := range t.manifest.Regions {
			if wants && m.State.IsOpen() && t.isLikely(region) {
				units = append(units, inventory.Unit{Partition: t.account.Partition, Account: m.ID, Region: region})
			}
		}
		return err
	}
	for _, id := range t.manifest.Accounts {
		if t.asked.Whose.Organization {
			break // the list knows more of them
		}
		_ = add(inventory.Member{ID: id}) // of an account that was named, nothing is missing
	}
	if t.asked.Whose.Organization {
		if _, err := t.account.ListAccounts(ctx, t.organization, t.listing(add)); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(units, inventory.Unit.Compare)
	return units, nil
}

// isLikely reports whether accounts are taken to have a region: it was named, or everybody has it.
func (t *Target) isLikely(region string) bool {
	named := len(t.asked.Regions) > 0 && !slices.Contains(t.asked.Regions, AllRegions)
	return named || t.everywhere[region]
}
