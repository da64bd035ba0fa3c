package audit

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

func TestWhoseWants(t *testing.T) {
	t.Parallel()
	member := inventory.Member{
		ID: "111122223333", Paths: []string{"o-exampleorgid/r-ab12/ou-ab12-11111111/ou-ab12-22222222/"},
		Tags: map[string]string{"team": "web", "stage": "prod=1"},
	}
	unread := member
	unread.Tags, unread.TagsUnread = nil, &inventory.Fact{Status: inventory.Denied, Action: "organizations:ListTagsForResource"}
	tests := []struct {
		name   string
		whose  Whose
		member inventory.Member
		want   bool
		fails  bool
	}{
		{"all", Whose{}, member, true, false},
		{"named", Whose{Accounts: []string{"1", "111122223333"}}, member, true, false},
		{"others named", Whose{Accounts: []string{"1"}}, member, false, false},
		{"skipped", Whose{Accounts: []string{"111122223333"}, Skip: []string{"111122223333"}}, member, false, false},
		{"its unit", Whose{OUs: []string{"ou-ab12-22222222"}}, member, true, false},
		{"a unit above", Whose{OUs: []string{"ou-x", "ou-ab12-11111111"}}, member, true, false},
		{"the root", Whose{OUs: []string{"r-ab12"}}, member, true, false},
		{"another unit", Whose{OUs: []string{"ou-ab12-1111111"}}, member, false, false},
		{"a unit, and nobody knows where it is", Whose{OUs: []string{"r-ab12"}}, inventory.Member{ID: "1"}, false, true},
		{"a tag", Whose{Tags: []string{"team=web"}}, member, true, false},
		{"a value with =", Whose{Tags: []string{"stage=prod=1"}}, member, true, false},
		{"one tag of two", Whose{Tags: []string{"team=web", "stage=test"}}, member, false, false},
		{"an empty value", Whose{Tags: []string{"gone="}}, member, false, false},
		{"tags unread", Whose{Tags: []string{"team=web"}}, unread, false, true},
		{"tags unread, nobody asks", Whose{}, unread, true, false},
		{"tags unread, skipped", Whose{Tags: []string{"team=web"}, Skip: []string{"111122223333"}}, unread, false, false},
	}
	for _, test := range tests {
		got, err := test.whose.wants(test.member)
		if got != test.want || (err != nil) != test.fails {
			t.Errorf("%s: %v, %v", test.name, got, err)
		}
	}
}

// What a manifest says of the accounts is what was asked for.
func TestWhoseIsReadBack(t *testing.T) {
	t.Parallel()
	asked := Whose{
		Organization: true, Accounts: []string{"1"}, Skip: []string{"2", "3"}, OUs: []string{"ou-1"}, Tags: []string{"a=b=c"},
	}
	m := inventory.Manifest{Organization: "o-1", Accounts: asked.Accounts, Filters: asked.filters()}
	if diff := cmp.Diff(asked, whoseOf(m)); diff != "" {
		t.Errorf("read back (-asked +got):\n%s", diff)
	}
}
