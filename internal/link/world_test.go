package link_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

// copyOf is a part of another region with one image that was copied from here.
func copyOf(account, region, source string) inventory.Part {
	u := inventory.Unit{Partition: "aws", Account: account, Region: region}
	r := inventory.NewResource(inventory.AMI, u, "ami-c")
	r.Facts["image"] = inventory.Fact{Status: inventory.Known, Value: fmt.Appendf(nil,
		`{"ImageId":"ami-c","Name":"web","SourceImageId":%q,"SourceImageRegion":"eu-west-1"}`, source)}
	return inventory.Part{Unit: u, Resources: []inventory.Resource{r}, Coverage: []inventory.Coverage{
		{Unit: u, Kind: inventory.AMI, Fact: "image", Status: inventory.Known, Action: "ec2:DescribeImages"},
	}}
}

func TestCopies(t *testing.T) {
	t.Parallel()
	const one = `[{"ImageId":"ami-c","Name":"web","OwnerId":"","Region":"us-east-1","State":"","CreationDate":"",` +
		`"SourceImageId":"ami-1","SourceImageRegion":"eu-west-1"}]`
	east := inventory.Unit{Partition: "aws", Account: unit.Account, Region: "us-east-1"}
	denied := copyOf(unit.Account, "us-east-1", "ami-2")
	denied.Coverage[0].Status, denied.Coverage[0].Code = inventory.Denied, "UnauthorizedOperation"
	tests := []struct {
		name   string
		others []inventory.Part
		unread []inventory.Unit
		value  string
		gaps   []inventory.Gap
	}{
		{"a copy", []inventory.Part{copyOf(unit.Account, "us-east-1", "ami-1")}, nil, one, nil},
		{"of another image", []inventory.Part{copyOf(unit.Account, "us-east-1", "ami-2")}, nil, "[]", nil},
		{"made by another account", []inventory.Part{copyOf("444455556666", "us-east-1", "ami-1")}, nil, "[]", nil},
		{"a region whose images were denied", []inventory.Part{denied}, nil, "[]", []inventory.Gap{{
			Fact: "image", Status: inventory.Denied, Action: "ec2:DescribeImages", Code: "UnauthorizedOperation", Unit: east,
		}}},
		{"a region that was not read", nil, []inventory.Unit{east}, "[]", []inventory.Gap{{
			Fact: "image", Status: inventory.NotCollected, Action: "ec2:DescribeImages", Unit: east,
		}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			part := whole().image("ami-1").Part
			var world link.World
			for _, p := range append(test.others, part) {
				world.See(p)
			}
			for _, u := range test.unread {
				world.Unseen(u, inventory.Coverage{})
			}
			got := link.Join(part, link.Options{Catalog: catalog(), World: world}).Documents[0].Resource.Fact("copies")
			if diff := cmp.Diff(test.value, string(got.Value)); diff != "" {
				t.Errorf("copies (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.gaps, got.Gaps); diff != "" {
				t.Errorf("gaps (-want +got):\n%s", diff)
			}
		})
	}
}

// The regions that an account has enabled are where its copies may be.
func TestCopiesBehindADoor(t *testing.T) {
	t.Parallel()
	own := whole().image("ami-1")
	lacking := func(region string) inventory.Gap {
		return gapAt(at(unit.Account, region), "image", inventory.NotCollected, "ec2:DescribeImages", "")
	}
	unwanted := link.NewWorld([]inventory.FactRef{{Kind: inventory.AMI, Name: "audience"}}, catalog())
	unwanted.See(own.Part)
	tests := []struct {
		name  string
		world link.World
		gaps  []inventory.Gap
	}{
		{"all read", worldOf(own, global(unit.Account).door(inventory.Known, "", "eu-west-1")), nil},
		{"one not read", worldOf(own, global(unit.Account).door(inventory.Known, "", "eu-west-1", "us-east-1")),
			[]inventory.Gap{lacking("us-east-1")}},
		{"never kept", unwanted, []inventory.Gap{lacking("eu-west-1")}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.gaps, own.factIn(t, test.world, inventory.AMI, "ami-1", "copies").Gaps); diff != "" {
				t.Errorf("gaps (-want +got):\n%s", diff)
			}
		})
	}
}
