package audit

import (
	"slices"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/gate"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/report"
)

// coverage is how far everything was collected that the run needs, and which gaps people accept.
type coverage struct {
	table      *report.Coverage
	exceptions *gate.Exceptions
	selected   []finding.Policy
	// needs are the policies without an answer where a fact is missing. What no selected policy needs is not told of: an
	// inventory may hold more than is judged.
	needs map[inventory.FactRef][]finding.Policy
	// refused are the accounts that could not be entered and that nobody accepts; accepted counts the others.
	refused  []string
	accepted int
}

func (j *Judge) newCoverage(decisions *decisions) *coverage {
	c := &coverage{
		table: report.NewCoverage(), exceptions: decisions.exceptions, selected: j.selected,
		needs: map[inventory.FactRef][]finding.Policy{},
	}
	for _, p := range j.selected {
		for _, fact := range j.factsOf(p) {
			c.needs[fact] = append(c.needs[fact], p)
		}
	}
	return c
}

// factsOf are the facts that one policy needs.
func (j *Judge) factsOf(p finding.Policy) []inventory.FactRef {
	alone := Judge{catalog: j.catalog, selected: []finding.Policy{p}}
	return alone.Facts()
}

// see takes in the coverage of one part.
func (c *coverage) see(part inventory.Part) {
	if c == nil {
		return
	}
	for _, record := range part.Coverage {
		if policies := c.neededBy(record); len(policies) > 0 {
			c.add(record, policies)
		}
	}
}

// neededBy are the policies without an answer where the record is none. Whatever is judged hangs on the accounts themselves.
func (c *coverage) neededBy(record inventory.Coverage) []finding.Policy {
	if record.Kind == inventory.Account {
		return c.selected
	}
	return c.needs[inventory.FactRef{Kind: record.Kind, Name: record.Fact}]
}

func (c *coverage) add(record inventory.Coverage, policies []finding.Policy) {
	var mark *finding.Suppression
	open := false
	if !record.Status.IsAnswer() {
		gap := finding.Gap{
			Fact: record.Fact, Status: string(record.Status), Action: record.Action, Code: record.Code,
			Account: record.Account, Region: record.Region,
		}
		mark, open = c.exceptions.AcceptGap(gap, policies), gap.CanBeClosed()
	}
	c.table.Add(record, mark)
	switch {
	case !open || !isDoor(record):
	case mark == nil:
		c.refused = append(c.refused, record.Account)
	default:
		c.accepted++
	}
}

// isDoor holds for what is told of an account that could not be entered, or whose accounts could not be listed: what is behind
// it has no coverage of its own.
func isDoor(record inventory.Coverage) bool {
	return record.Kind == inventory.Account && slices.Contains([]string{"account", "regions"}, record.Fact)
}

// count makes a run incomplete in which an account could not be entered.
func (c *coverage) count(tally *gate.Tally) {
	slices.Sort(c.refused)
	for _, account := range slices.Compact(c.refused) {
		tally.UnreadAccount(account)
	}
	for range c.accepted {
		tally.AcceptUnreadAccount()
	}
}

// gapActions are the IAM actions whose denial can leave a gap: those of all facts, and those that come before them.
func (j *Judge) gapActions() []string {
	return append(j.catalog.AllActions(), "ec2:DescribeRegions", "sts:AssumeRole")
}
