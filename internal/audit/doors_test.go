package audit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// door is a global unit: of regions that an account has, or of a refusal.
func doorOf(account, regions string, refused inventory.Status) inventory.Part {
	unit := inventory.Unit{Partition: "aws", Account: account, Region: inventory.Global}
	r := inventory.NewResource(inventory.Account, unit, account)
	r.Facts["regions"] = inventory.Fact{Status: refused, Action: "sts:AssumeRole", Code: "AccessDenied"}
	if refused == "" {
		var list []map[string]string
		for _, region := range strings.Fields(regions) {
			list = append(list, map[string]string{"RegionName": region})
		}
		text, _ := json.Marshal(list)
		r.Facts["regions"] = inventory.Fact{Status: inventory.Known, Value: text}
	}
	return inventory.Part{Unit: unit, Resources: []inventory.Resource{r}}
}

// rollOf is the organization's own global unit.
func rollOf(states map[string]string) inventory.Part {
	part := inventory.Part{Unit: inventory.Unit{Partition: "aws", Account: "9", Region: inventory.Global}}
	for account, state := range states {
		unit := part.Unit
		unit.Account = account
		r := inventory.NewResource(inventory.Account, unit, account)
		r.Facts["account"] = inventory.Fact{
			Status: inventory.Known,
			Value: json.RawMessage(fmt.Sprintf(`{"Id":%q,"State":%q,"Arn":"arn:aws:organizations::9:account/o-1/%s",`+
				`"Paths":["o-1/r-1/ou-%s/"]}`, account, state, account, account)),
		}
		part.Resources = append(part.Resources, r)
	}
	return part
}

func TestWhatIsMissing(t *testing.T) {
	t.Parallel()
	organization := rollOf(map[string]string{"1": "ACTIVE", "2": "ACTIVE", "3": "SUSPENDED", "4": "ACTIVE"})
	over := inventory.Manifest{Organization: "o-1", Regions: []string{"a", "b", "c"}, Caller: "9"}
	narrowed := over
	narrowed.Filters = []string{"skip-account=1", "skip-account=4"}
	everywhere := over
	everywhere.AllRegions = true
	tests := []struct {
		name     string
		manifest inventory.Manifest
		parts    []inventory.Part
		there    string
		want     missing
	}{
		{"everything is there", over, []inventory.Part{
			organization, doorOf("1", "a b", ""), doorOf("2", "a", ""), doorOf("4", "z", ""),
		}, "1/a 1/b 2/a", missing{}},
		{"a unit and an account", over, []inventory.Part{organization, doorOf("1", "a b", ""), doorOf("2", "a", "")}, "1/b 2/a",
			missing{units: []string{"1/a"}, accounts: []string{"4"}}},
		{"who refused is told of elsewhere", narrowed, []inventory.Part{organization, doorOf("2", "", inventory.Denied)}, "", missing{}},
		{"a state that is new to us", over, []inventory.Part{rollOf(map[string]string{"5": "RESTRICTED"})}, "",
			missing{accounts: []string{"5"}}},
		{"a region that the caller's list lacks", everywhere, []inventory.Part{
			rollOf(map[string]string{"1": "ACTIVE"}), doorOf("1", "a new", ""),
		}, "1/a", missing{units: []string{"1/new"}}},
		{"another organization", inventory.Manifest{Joined: []inventory.Manifest{over, {Organization: "o-2", Regions: []string{"a"}}}},
			[]inventory.Part{rollOf(map[string]string{"1": "ACTIVE"}), doorOf("1", "a", "")}, "1/a",
			missing{accounts: []string{"o-2"}}},
		{"asked for by id, and shut", inventory.Manifest{Organization: "o-1", Accounts: []string{"1", "3"}, Regions: []string{"a"}},
			[]inventory.Part{organization, doorOf("1", "a", ""), doorOf("3", "", inventory.NotVisible)}, "1/a",
			missing{accounts: []string{"3"}}},
		{"nobody was listed", over, nil, "", missing{accounts: []string{"o-1"}}},
		{"accounts by name", inventory.Manifest{Accounts: []string{"1", "2"}, Regions: []string{"a"}, Caller: "9"},
			[]inventory.Part{doorOf("1", "a", "")}, "", missing{units: []string{"1/a"}, accounts: []string{"2"}}},
		{"accounts by name, one of them left out", inventory.Manifest{
			Accounts: []string{"1", "2"}, Filters: []string{"skip-account=2"}, Regions: []string{"a"}, Caller: "9",
		}, []inventory.Part{doorOf("1", "a", "")}, "1/a", missing{}},
		{"the caller alone", inventory.Manifest{Caller: "9", Regions: []string{"a", "b"}}, nil, "9/a", missing{units: []string{"9/b"}}},
		{"saved output", inventory.Manifest{Regions: []string{"a"}}, nil, "", missing{}},
		{"two inventories", inventory.Manifest{Joined: []inventory.Manifest{
			{Caller: "8", Regions: []string{"a"}}, {Caller: "7", Regions: []string{"b"}},
		}}, nil, "8/a", missing{units: []string{"7/b"}}},
	}
	for _, test := range tests {
		d := newDoors()
		for _, part := range test.parts {
			d.see(part)
		}
		there := strings.Fields(test.there)
		slices.Sort(there)
		got := d.missingFrom(test.manifest, there)
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(missing{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
