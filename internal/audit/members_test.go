package audit

import (
	"slices"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Whom the organization does not have, a run can't leave out in silence: the others would look like all.
func TestMembersThatAreMissing(t *testing.T) {
	t.Parallel()
	roll := rollOf(map[string]string{"1": "ACTIVE", "2": "ACTIVE", "3": "SUSPENDED"})
	tests := []struct {
		name  string
		whose Whose
		want  string
		fails string
	}{
		{"all", Whose{}, "1 2 3", ""},
		{"by id", Whose{Accounts: []string{"2", "3"}}, "2 3", ""},
		{"by unit", Whose{OUs: []string{"ou-1", "ou-3"}}, "1 3", ""},
		{"the root", Whose{OUs: []string{"r-1"}}, "1 2 3", ""},
		{"one that is skipped is there all the same", Whose{Accounts: []string{"1", "2"}, Skip: []string{"2"}}, "1", ""},
		{"one that has another unit", Whose{Accounts: []string{"1"}, OUs: []string{"ou-2"}}, "", ""},
		{"an unknown id", Whose{Accounts: []string{"1", "7", "8"}}, "1", "organization o-1 has no account 7, 8"},
		{"an unknown unit", Whose{OUs: []string{"ou-1", "ou-7"}}, "1", "organization o-1 has no account below ou-7"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.whose.Organization = true
			var got []string
			err := fleetOf(test.whose, inventory.Manifest{}, silent{}, roll).eachMember(t.Context(), func(m inventory.Member) error {
				got = append(got, m.ID)
				return nil
			})
			slices.Sort(got)
			if strings.Join(got, " ") != test.want {
				t.Errorf("accounts are %v, want %s", got, test.want)
			}
			if (err != nil) != (test.fails != "") || err != nil && err.Error() != test.fails {
				t.Errorf("error is %v, want %q", err, test.fails)
			}
		})
	}
}
