package report

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// UnmarshalJSON also reads the rows of earlier reports, which spoke of one unit each and named it by account and region.
func (r *CoverageRow) UnmarshalJSON(text []byte) error {
	type row CoverageRow
	read := struct {
		*row
		Account string `json:"account"`
		Region  string `json:"region"`
	}{row: (*row)(r)}
	if err := json.Unmarshal(text, &read); err != nil {
		return err
	}
	if read.Account != "" && len(r.In) == 0 {
		r.Units, r.In = 1, []string{unitName(read.Account, read.Region)}
	}
	return nil
}

// Units returns the names of all units that the coverage speaks of, sorted.
func (d Document) Units() []string {
	units := map[string]bool{}
	for _, name := range d.Scope.Units {
		units[name] = true
	}
	for _, row := range d.Coverage {
		for _, name := range row.In {
			units[name] = true
		}
	}
	return slices.Sorted(maps.Keys(units))
}

// Imported returns the names of the units of which some saved output was judged, sorted.
func (d Document) Imported() []string {
	units := map[string]bool{}
	for i, row := range d.Coverage {
		if row.Narrowed == inventory.NarrowedByImport {
			for _, name := range d.unitsOf(i) {
				units[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(units))
}

// unitsOf returns the units that a row speaks of, as CoverageRow says.
func (d Document) unitsOf(i int) []string {
	row := d.Coverage[i]
	if len(row.In) > 0 {
		return row.In
	}
	others := map[string]bool{}
	for _, name := range row.NotIn {
		others[name] = true
	}
	for _, other := range d.Coverage {
		if other.Kind == row.Kind && other.Fact == row.Fact {
			for _, name := range other.In {
				others[name] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(d.Scope.Units), func(name string) bool {
		return others[name] || !concerns(row.Kind, name)
	})
}
