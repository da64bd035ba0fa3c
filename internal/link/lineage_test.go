package link_test

import (
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

func TestLineage(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, want string }{
		{"", ""},
		{"web", "web"},
		{"web-20260131", "web"},
		{"web-202601311020", "web"},
		{"web-1767225600", "web"},
		{"web-1767225600123", "web"},
		{"web-2026-01-31", "web"},
		{"web 2026-01-31T10-20-30Z", "web"},
		{"web-2026-01-31T10.20.30.123Z", "web"},
		{"web_20260131T102030Z", "web"},
		{"web-1.2.3", "web"},
		{"web-v1.2.3-rc1", "web"},
		{"web-v7", "web"},
		{"web-7", "web-7"},
		{"web-3f2a9c1", "web"},
		{"web-1.2.3-3f2a9c1-20260131", "web"},
		{"web-facade", "web-facade"},
		{"web-deadbeef", "web-deadbeef"},
		{"web (2026-01-31)", "web"},
		{"20260131", "20260131"},
		{"-20260131", "-20260131"},
		{"web-64bit", "web-64bit"},
		{"ubuntu-22.04", "ubuntu"},
		{"web-20260131-arm64", "web-20260131-arm64"},
	}
	for _, test := range tests {
		if got := (link.Lineages{}).Of("ami-1", test.name, nil); got != test.want {
			t.Errorf("lineage of %q is %q, want %q", test.name, got, test.want)
		}
	}
}

func TestLineageByTags(t *testing.T) {
	t.Parallel()
	const builder = "arn:aws:imagebuilder:eu-west-1:111122223333:image/"
	tests := []struct {
		name string
		tags map[string]string
		want string
	}{
		{"own tag", map[string]string{"amiscan:lineage": "golden", "Ec2ImageBuilderArn": builder + "base/1.0.0/1"},
			"golden"},
		{"image builder", map[string]string{"Ec2ImageBuilderArn": builder + "base/1.0.0/1"}, builder + "base"},
		{"image builder in another shape", map[string]string{"Ec2ImageBuilderArn": "base"}, "base"},
		{"empty tag", map[string]string{"amiscan:lineage": ""}, "web"},
	}
	for _, test := range tests {
		if got := (link.Lineages{}).Of("ami-1", "web-20260131", test.tags); got != test.want {
			t.Errorf("%s: lineage is %q, want %q", test.name, got, test.want)
		}
	}
}

func TestDocumentsAreDescribed(t *testing.T) {
	t.Parallel()
	p := whole().image("ami-2", "snap-1", "snap-2").image("ami-1", "snap-0", "snap-1").template(templateID, "ami-1")
	p.put(inventory.AMI, "ami-3", "image", `{"Name":"db-20260101","Tags":[{"Key":"Owner","Value":"team-db"}]}`)
	p.put(inventory.Snapshot, "snap-1", "snapshot",
		`{"Tags":[{"Key":"Name","Value":"root"},{"Key":"Owner","Value":"team-web"}]}`)
	p.put(inventory.Snapshot, "snap-9", "snapshot", inventory.Denied)
	p.put(inventory.Settings, "111122223333/eu-west-1", "organization", inventory.NotFound)
	p.put(inventory.ForeignImage, "ami-9", "image", `{"Name":"theirs"}`)
	u := link.Join(p.Part, link.Options{Catalog: catalog(), OwnerTag: "Owner"})
	var got [][]string
	for _, d := range u.Documents {
		got = append(got, []string{d.Resource.ID, d.Name, d.Lineage, d.Device, d.Owner})
	}
	want := [][]string{
		{"ami-1", "web-20260101", "web", "", ""},
		{"ami-2", "web-20260101", "web", "", ""},
		{"ami-3", "db-20260101", "db", "", "team-db"},
		{"lt-1", "web", "", "", ""},
		{"111122223333/eu-west-1", "", "", "", ""},
		// Mapped by two images: the first one in order names it.
		{"snap-1", "root", "web", "/dev/sdb", "team-web"},
		{"snap-9", "", "", "", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	if c := u.CoverageOf(inventory.FactRef{Kind: inventory.AMI, Name: "image"}); c.Status != inventory.Known {
		t.Errorf("coverage is %+v", c)
	}
	if c := u.CoverageOf(inventory.FactRef{Kind: inventory.AMI, Name: "other"}); c.Status != inventory.NotCollected {
		t.Errorf("coverage of what was never asked for is %+v", c)
	}
}

// TestJoinLeavesThePartAlone: joined facts belong to the documents, not to the inventory.
func TestJoinLeavesThePartAlone(t *testing.T) {
	t.Parallel()
	p := whole().image("ami-1", "snap-1")
	link.Join(p.Part, link.Options{Catalog: catalog()})
	if n := len(p.Resources[0].Facts); n != 1 {
		t.Errorf("the image has %d facts after joining", n)
	}
}

func TestConfiguredLineage(t *testing.T) {
	t.Parallel()
	rules := link.Lineages{
		Tag: "family", Builds: map[string]string{"ami-built": "amazon-ebs.web"},
		Patterns: []*regexp.Regexp{regexp.MustCompile(`^(team-[a-z]+)-`), regexp.MustCompile(`^bastion.*$`), regexp.MustCompile(`^x()`)},
	}
	tests := []struct {
		what, id, name string
		tags           map[string]string
		want           string
	}{
		{"the tag", "ami-built", "team-a-7", map[string]string{"family": "gold"}, "gold"},
		{"another tag than the configured", "ami-1", "web-20260131", map[string]string{"amiscan:lineage": "gold"}, "web"},
		{"the build before the name", "ami-built", "team-a-7", nil, "amazon-ebs.web"},
		{"the first group of a pattern", "ami-1", "team-a-7", nil, "team-a"},
		{"a pattern without a group", "ami-1", "bastion-7-b", nil, "bastion-7-b"},
		{"an empty group finds nothing", "ami-1", "x-1.2.3", nil, "x"},
		{"no pattern", "ami-1", "web-20260131", nil, "web"},
	}
	for _, test := range tests {
		if got := rules.Of(test.id, test.name, test.tags); got != test.want {
			t.Errorf("%s: lineage is %q, want %q", test.what, got, test.want)
		}
	}
}
