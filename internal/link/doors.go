package link

import (
	"cmp"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// entersAccount is the action by which an account is entered.
const entersAccount = "sts:AssumeRole"

// shut are the states of accounts that nobody can use (Organizations User Guide, "Monitor the state of your AWS accounts").
var shut = []string{"PENDING_ACTIVATION", "SUSPENDED", "PENDING_CLOSURE", "CLOSED"}

// door says whether an account could be entered, and which regions it has enabled.
type door struct {
	// gap is why the account was not entered; nil where it was.
	gap *inventory.Gap
	// regions stand each between commas: most accounts have the same.
	regions string
}

// seeDoor takes in what a part says of its own account.
func (w *World) seeDoor(part inventory.Part) {
	fact, d := inventory.Fact{Status: inventory.NotCollected}, door{}
	for _, r := range part.Resources {
		if r.Kind == inventory.Account && r.ID == part.Account {
			fact = r.Fact(regionsFact.Name)
		}
	}
	var regions []struct{ RegionName string }
	if fact = readable(fact, &regions); fact.Status == inventory.Known {
		for _, r := range regions {
			d.regions += "," + r.RegionName
		}
		d.regions = intern(d.regions + ",")
	} else {
		c := part.CoverageOf(regionsFact.Kind, regionsFact.Name)
		if c.Status.IsAnswer() {
			c.Status = fact.Status
		}
		d.gap = &inventory.Gap{
			Fact: regionsFact.Name, Status: c.Status, Action: cmp.Or(c.Action, entersAccount), Code: c.Code, Unit: part.Unit,
		}
	}
	if w.doors == nil {
		w.doors = map[string]door{}
	}
	w.doors[part.Account] = d
}

// enabled returns the regions that an account has enabled; none where that is not known.
func (d door) enabled() []string {
	return strings.FieldsFunc(d.regions, func(r rune) bool { return r == ',' })
}

func (d door) enables(region string) bool { return strings.Contains(d.regions, ","+region+",") }
