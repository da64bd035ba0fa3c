package link

import (
	"cmp"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// door says whether an account could be entered, and which regions it has enabled.
type door struct {
	// gap is why the account was not entered; nil where it was.
	gap *inventory.Gap
	// regions stand each between commas: most accounts have the same.
	regions string
}

// seeDoor takes in what a part says of its own account.
func (w *World) seeDoor(part inventory.Part) {
	regions, why := part.EnabledRegions()
	d := door{regions: intern("," + strings.Join(regions, ",") + ",")}
	if why != nil {
		c := part.CoverageOf(regionsFact.Kind, regionsFact.Name)
		if c.Status.IsAnswer() {
			c.Status = why.Status
		}
		d = door{gap: &inventory.Gap{
			Fact: regionsFact.Name, Status: c.Status, Action: cmp.Or(c.Action, inventory.EntersAccount), Code: c.Code, Unit: part.Unit,
		}}
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
