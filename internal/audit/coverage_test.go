package audit_test

import (
	"bytes"
	"encoding/json"
	"io"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/gate"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/report"
)

const refused, shut = "444455556666", "555566667777"

// door is the global unit of an account that could not be entered.
func door(account string, status inventory.Status, code string) inventory.Part {
	unit := inventory.Unit{Partition: "aws", Account: account, Region: inventory.Global}
	resource := inventory.NewResource(inventory.Account, unit, account)
	resource.Facts["regions"] = inventory.Fact{Status: status, Action: "sts:AssumeRole", Code: code}
	return inventory.Part{
		Unit: unit, Observed: today(), Resources: []inventory.Resource{resource},
		Coverage: []inventory.Coverage{
			{Unit: unit, Kind: inventory.Account, Fact: "regions", Action: "sts:AssumeRole", Status: status, Code: code, Missing: 1},
		},
	}
}

func unlistable(part inventory.Part) inventory.Part {
	part.Coverage[0].Status, part.Coverage[0].Action, part.Coverage[0].Code = inventory.Denied, "ec2:DescribeImages", "UnauthorizedOperation"
	part.Resources = nil
	return part
}

// TestDoors plays runs in which accounts could not be entered: one that refused makes the run incomplete unless it is accepted, one
// that is suspended does not.
func TestDoors(t *testing.T) {
	t.Parallel()
	j := judge(t, "sharing/ami-public")
	denied, suspended := door(refused, inventory.Denied, "AccessDenied"), door(shut, inventory.NotVisible, "SUSPENDED")
	accept := func(policies ...string) []gate.Exception {
		return []gate.Exception{{ID: "sandbox", Policies: policies, Match: gate.Match{Accounts: []string{refused}, Actions: []string{"sts:AssumeRole"}}}}
	}
	tests := []struct {
		name       string
		parts      []inventory.Part
		exceptions []gate.Exception
		want       gate.Verdict
		open       []string
		accepted   []string
		inactive   []report.Inactive
	}{
		{
			"one refused", []inventory.Part{denied}, nil,
			gate.Verdict{Code: gate.Incomplete, Reason: "1 account not read: 444455556666; also 1 critical"}, []string{"sts:AssumeRole"}, nil, nil,
		},
		{
			"one is suspended", []inventory.Part{suspended}, nil, gate.Verdict{Code: gate.Clean, Reason: "nothing fails the run; also 1 critical"},
			nil, nil, []report.Inactive{{State: "SUSPENDED", Accounts: 1, Examples: []string{shut}}},
		},
		{
			"one refused, which is accepted", []inventory.Part{denied}, accept("*"),
			gate.Verdict{Code: gate.Clean, Reason: "nothing fails the run; also 1 critical; 1 account not read, as accepted"},
			nil, []string{"sandbox sts:AssumeRole"}, nil,
		},
		{
			"one refused, which is accepted for other policies", []inventory.Part{denied}, accept("encryption/*"),
			gate.Verdict{Code: gate.Incomplete, Reason: "1 account not read: 444455556666; also 1 critical"}, []string{"sts:AssumeRole"}, nil, nil,
		},
		{
			"one refused, which is accepted for the policy that judges", []inventory.Part{denied}, accept("sharing/*"),
			gate.Verdict{Code: gate.Clean, Reason: "nothing fails the run; also 1 critical; 1 account not read, as accepted"},
			nil, []string{"sandbox sts:AssumeRole"}, nil,
		},
		{
			"a region whose images can't be listed", []inventory.Part{unlistable(part(t, "eu-central-1"))}, nil,
			gate.Verdict{Code: gate.Incomplete, Reason: "1 unit incomplete: 1 verdict unknown; also 1 critical"}, []string{"ec2:DescribeImages"}, nil, nil,
		},
		{
			"such a region, which is accepted", []inventory.Part{unlistable(part(t, "eu-central-1"))},
			[]gate.Exception{{ID: "blind", Policies: []string{"*"}, Match: gate.Match{Accounts: []string{ours}, Actions: []string{"ec2:DescribeImages"}}}},
			gate.Verdict{Code: gate.Clean, Reason: "nothing fails the run; also 1 critical; 1 suppressed"}, nil, []string{"blind ec2:DescribeImages"}, nil,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			run := running(&out, append(test.parts, part(t, ireland))...)
			run.Decided.Exceptions = test.exceptions
			got, err := j.Do(t.Context(), run)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			checkTable(t, out.Bytes(), test.open, test.accepted, test.inactive)
		})
	}
}

func checkTable(t *testing.T, text []byte, open, accepted []string, inactive []report.Inactive) {
	t.Helper()
	table := tableOf(t, text)
	var gotOpen, gotAccepted []string
	for _, unseen := range table.Open {
		gotOpen = append(gotOpen, unseen.Action)
	}
	for _, unseen := range table.Accepted {
		gotAccepted = append(gotAccepted, unseen.Suppression.ID+" "+unseen.Action)
	}
	if diff := cmp.Diff([]any{open, accepted}, []any{gotOpen, gotAccepted}); diff != "" {
		t.Errorf("the table:\n%s", diff)
	}
	if diff := cmp.Diff(inactive, append([]report.Inactive(nil), table.Inactive...)); diff != "" {
		t.Errorf("inactive accounts:\n%s", diff)
	}
}

// tableOf reads the coverage table of a JSON report.
func tableOf(t *testing.T, text []byte) report.NotSeen {
	t.Helper()
	var document struct {
		NotSeen report.NotSeen `json:"not_seen"`
	}
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	return document.NotSeen
}

// TestDiffAcrossDoors: what an account showed that can't be entered any more is not fixed.
func TestDiffAcrossDoors(t *testing.T) {
	t.Parallel()
	j := judge(t, "sharing/ami-public")
	before := reported(t, j, part(t, ireland), part(t, "eu-central-1"))
	empty := part(t, ireland)
	empty.Resources = nil
	tests := []struct {
		name  string
		after string
		want  map[string]int
	}{
		{"the account refuses", reported(t, j, door(ours, inventory.Denied, "AccessDenied")), map[string]int{"no_longer_observed": 2}},
		{"one region was not read, the other is empty", reported(t, j, empty), map[string]int{"no_longer_observed": 1, "fixed": 1}},
	}
	for _, test := range tests {
		comparison, err := audit.Compare(before, test.after)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		for _, change := range comparison.Changes {
			got[string(change.Kind)]++
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s:\n%s", test.name, diff)
		}
	}
}

// reported writes the report of a run and returns its path.
func reported(t *testing.T, j *audit.Judge, parts ...inventory.Part) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "r.json")
	run := running(io.Discard, parts...)
	run.Outputs = []audit.Output{{Format: "json", Path: path}}
	if _, err := j.Do(t.Context(), run); err != nil {
		t.Fatal(err)
	}
	return path
}
