package collect

import (
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Reads returns the facts that a request really collects, single images making some more of them necessary, in the order
// of the table.
func Reads(request Request) []inventory.FactType {
	u := newUnit(inventory.Unit{}, clients{}, request)
	var types []inventory.FactType
	for _, c := range u.selected(request.Facts) {
		types = append(types, c.FactType)
	}
	return types
}

// DoorActions are the calls that come before the first fact: whose credentials these are and, unless every region is
// named, which regions the account has.
func DoorActions(regionsNamed bool) []string {
	actions := []string{"sts:GetCallerIdentity"}
	if !regionsNamed {
		actions = append(actions, "ec2:DescribeRegions")
	}
	return slices.Clip(actions)
}
