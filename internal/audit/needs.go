package audit

import (
	"slices"

	"github.com/amiscan/amiscan/internal/collect"
)

// Actions are the IAM actions that a run over the chosen policies calls, sorted: those of the facts that the policies read,
// and those that come before them.
func (j *Judge) Actions(asked Collecting) []string {
	named := len(asked.Regions) > 0 && !slices.Contains(asked.Regions, AllRegions) && !asked.Whose.Many()
	actions := collect.DoorActions(named || len(asked.Images) > 0 && len(asked.Regions) == 0)
	for _, fact := range collect.Reads(collect.Request{Facts: j.Facts(), Images: asked.Images}) {
		actions = append(actions, fact.Action)
		for _, further := range fact.Besides {
			actions = append(actions, further.Action)
		}
	}
	slices.Sort(actions)
	return slices.Compact(actions)
}
