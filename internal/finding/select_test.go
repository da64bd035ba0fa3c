package finding_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/finding"
)

// shelf is a handful of policies, not in the order of their IDs.
func shelf() []finding.Policy {
	return []finding.Policy{
		{ID: "sharing/snapshot-public", Severity: finding.Critical, Default: true, Controls: []string{"FSBP/EC2.1"}},
		{ID: "sharing/ami-public", Severity: finding.Critical, Default: true, Aliases: []string{"sharing/public-ami"}},
		{ID: "lifecycle/ami-too-old", Severity: finding.Medium, Default: true},
		{ID: "lifecycle/ami-untagged", Severity: finding.Low},
	}
}

func TestSelect(t *testing.T) {
	t.Parallel()
	all := "lifecycle/ami-too-old lifecycle/ami-untagged sharing/ami-public sharing/snapshot-public"
	tests := []struct {
		name        string
		terms, skip []string
		want        string
	}{
		{"the default ones", nil, nil, "lifecycle/ami-too-old sharing/ami-public sharing/snapshot-public"},
		{"by ID", []string{"lifecycle/ami-untagged"}, nil, "lifecycle/ami-untagged"},
		{"by alias", []string{"sharing/public-ami"}, nil, "sharing/ami-public"},
		{"by family", []string{"lifecycle/*"}, nil, "lifecycle/ami-too-old lifecycle/ami-untagged"},
		{"all", []string{"*"}, nil, all},
		{"by part of a name", []string{"*/*-public"}, nil, "sharing/ami-public sharing/snapshot-public"},
		{"by severity", []string{"severity:critical"}, nil, "sharing/ami-public sharing/snapshot-public"},
		{"by control", []string{"control:FSBP/EC2.1"}, nil, "sharing/snapshot-public"},
		{"twice", []string{"sharing/*", "sharing/ami-public"}, nil, "sharing/ami-public sharing/snapshot-public"},
		{"without a family", nil, []string{"sharing/*"}, "lifecycle/ami-too-old"},
		{"without an alias", []string{"sharing/*"}, []string{"sharing/public-ami"}, "sharing/snapshot-public"},
		{"without what was not chosen", []string{"sharing/ami-public"}, []string{"lifecycle/*"}, "sharing/ami-public"},
		{"nothing is left", nil, []string{"*"}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			policies := shelf()
			chosen, err := finding.Select(policies, test.terms, test.skip)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, p := range chosen {
				ids = append(ids, p.ID)
			}
			if diff := cmp.Diff(test.want, strings.Join(ids, " ")); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(shelf(), policies); diff != "" {
				t.Errorf("the policies were changed:\n%s", diff)
			}
		})
	}
}

// TestSelectRefuses lets no typo choose fewer policies than was meant.
func TestSelectRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ term, want string }{
		{"sharing/ami-pubic", `no policy matches "sharing/ami-pubic"; the nearest is "sharing/ami-public"`},
		{"ami-public", `no policy matches "ami-public"; the nearest is "sharing/ami-public"`},
		{"quite-something-else-entirely", `no policy matches "quite-something-else-entirely"`},
		{"", `no policy matches ""`},
		{"nothing/*", `no policy matches "nothing/*"`},
		{"severity:info", `no policy matches "severity:info"`},
		{"severity:hihg", `severity "hihg" is none of critical, high, medium, low, info`},
		{"control:FSBP/EC2", `no policy matches "control:FSBP/EC2"`},
		{"sharing/[", `select "sharing/[": syntax error in pattern`},
	}
	for _, test := range tests {
		t.Run(test.term, func(t *testing.T) {
			t.Parallel()
			for _, terms := range [][2][]string{{{test.term}, nil}, {nil, {test.term}}, {{"sharing/*", test.term}, nil}} {
				_, err := finding.Select(shelf(), terms[0], terms[1])
				if err == nil || err.Error() != test.want {
					t.Errorf("got %v, want %s", err, test.want)
				}
			}
		})
	}
	var unknown *finding.UnknownTermError
	if _, err := finding.Select(shelf(), []string{"x"}, nil); !errors.As(err, &unknown) || unknown.Term != "x" {
		t.Errorf("got %v, want an unknown term", err)
	}
}

func TestNamedBy(t *testing.T) {
	t.Parallel()
	p := shelf()[1]
	for term, want := range map[string]bool{
		"sharing/ami-public": true, "sharing/public-ami": true, "sharing/*": false, "*": false, "severity:critical": false,
	} {
		if got := finding.NamedBy(p, []string{"other", term}); got != want {
			t.Errorf("%s: %t, want %t", term, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	names := []string{"select", "params", "fail_on", "sharing/ami-public"}
	for word, want := range map[string]string{
		"slect": "select", "fail-on": "fail_on", "parms": "params", "ami-public": "sharing/ami-public", "zzzzzz": "",
		"": "", "select": "select", "selecte": "select",
	} {
		if got := finding.Nearest(word, names); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
	if got := finding.Nearest("x", nil); got != "" {
		t.Errorf("no names: %q", got)
	}
}
