package audit_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/inventory"
)

func TestParseGrantee(t *testing.T) {
	t.Parallel()
	const org = "arn:aws:organizations::111122223333:organization/o-abcdefghij"
	for text, want := range map[string]bool{
		"444455556666": true, "44445555666": false, "4444555566667": false, "all": false, "": false, "o-abcdefghij": false,
		org: true, org + "x y": false, "arn:aws-us-gov:organizations::111122223333:organization/o-abcdefghij": true,
		"arn:aws:organizations::111122223333:ou/o-abcdefghij/ou-ab12-cdefghij": true,
		"arn:aws:organizations::111122223333:ou/o-abcdefghij/r-ab12":           false,
		"arn:aws:iam::444455556666:root":                                       false,
	} {
		if _, err := audit.ParseGrantee(text); (err == nil) != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestShareWith(t *testing.T) {
	t.Parallel()
	const ou = "arn:aws:organizations::111122223333:ou/o-abcdefghij/ou-ab12-cdefghij"
	image := func(id string, fact inventory.Fact) inventory.Resource {
		return inventory.Resource{Kind: inventory.AMI, ID: id, Facts: map[string]inventory.Fact{"launch_permissions": fact}}
	}
	known := func(text string) inventory.Fact {
		return inventory.Fact{Status: inventory.Known, Value: json.RawMessage(text)}
	}
	denied := inventory.Fact{Status: inventory.Denied}
	parts := []inventory.Part{{Resources: []inventory.Resource{
		image("ami-shared", known(`[{"UserId":"444455556666"}]`)), image("ami-private", known(`[]`)),
		image("ami-unread", denied), image("ami-other", known(`[]`)),
	}}}
	var grantees []audit.Grantee
	for _, text := range []string{"444455556666", ou} {
		grantee, err := audit.ParseGrantee(text)
		if err != nil {
			t.Fatal(err)
		}
		grantees = append(grantees, grantee)
	}
	warnings, err := audit.ShareWith(parts, []string{"ami-shared", "ami-private", "ami-unread"}, grantees)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, r := range parts[0].Resources {
		got[r.ID] = string(r.Fact("launch_permissions").Status) + " " + string(r.Fact("launch_permissions").Value)
	}
	both := `known [{"UserId":"444455556666"},{"OrganizationalUnitArn":"` + ou + `"}]`
	want := map[string]string{"ami-shared": both, "ami-private": both, "ami-unread": "denied ", "ami-other": "known []"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"judged as if the images were shared with 444455556666, " + ou}, warnings); diff != "" {
		t.Error(diff)
	}
	if warnings, err := audit.ShareWith(parts, []string{"ami-other"}, nil); err != nil || len(warnings) > 0 {
		t.Errorf("nobody asked: %v, %v", warnings, err)
	}
}
