package audit

import (
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

// imageIn is a unit that was listed whole and holds one image.
func imageIn(account, region string) inventory.Part {
	unit := inventory.Unit{Partition: "aws", Account: account, Region: region}
	image := inventory.NewResource(inventory.AMI, unit, "ami-1")
	image.Facts["image"] = inventory.Fact{Status: inventory.Known, Value: []byte(`{"ImageId":"ami-1"}`)}
	return inventory.Part{Unit: unit, Resources: []inventory.Resource{image}, Coverage: []inventory.Coverage{
		{Unit: unit, Kind: inventory.AMI, Fact: "image", Status: inventory.Known},
	}}
}

// unseenCopies says in which regions copies of the first part's image may be that nobody saw.
func unseenCopies(t *testing.T, manifest inventory.Manifest, parts ...inventory.Part) string {
	t.Helper()
	copies := []inventory.FactRef{{Kind: inventory.AMI, Name: "copies"}}
	s, err := surveyParts(InMemory(parts), link.NewWorld(copies, link.Catalog()), nil)
	if err != nil {
		t.Fatal(err)
	}
	s.lookBeyond(manifest)
	joined := link.Join(parts[0], link.Options{Catalog: link.Catalog(), Facts: copies, World: s.world})
	var regions []string
	for _, gap := range joined.Documents[0].Resource.Fact("copies").Gaps {
		regions = append(regions, gap.Region)
	}
	return strings.Join(regions, " ")
}

// An image has no copies only where every region of its account was read: a manifest counts them, a door names them.
func TestRegionsThatNobodyRead(t *testing.T) {
	t.Parallel()
	two := inventory.Manifest{EnabledRegions: 2}
	tests := []struct {
		name     string
		manifest inventory.Manifest
		parts    []inventory.Part
		want     string
	}{
		{"both of two", two, []inventory.Part{imageIn("1", "a"), imageIn("1", "b")}, ""},
		{"one of two", two, []inventory.Part{imageIn("1", "a")}, "others"},
		{"the second is another account's", two, []inventory.Part{imageIn("1", "a"), imageIn("2", "b")}, "others"},
		{"nobody counted them", inventory.Manifest{}, []inventory.Part{imageIn("1", "a")}, "others"},
		{"all that the door names", inventory.Manifest{}, []inventory.Part{imageIn("1", "a"), doorOf("1", "a", "")}, ""},
		{"one of two that the door names", inventory.Manifest{}, []inventory.Part{imageIn("1", "a"), doorOf("1", "a b", "")}, "b"},
		{"the door was shut", inventory.Manifest{}, []inventory.Part{imageIn("1", "a"), doorOf("1", "", inventory.Denied)}, "others"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := unseenCopies(t, test.manifest, test.parts...); got != test.want {
				t.Errorf("copies may be in %q, want %q", got, test.want)
			}
		})
	}
}
