package audit_test

import (
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/gate"
	"github.com/amiscan/amiscan/internal/inventory"
)

// lackingOf is the global unit of an account of which this was not answered.
func lackingOf(fact, action string, status inventory.Status) inventory.Part {
	part := door(refused, status, "Code")
	part.Resources, part.Coverage[0].Fact, part.Coverage[0].Action = nil, fact, action
	return part
}

// TestUnlistedAccounts: what is behind a listing of accounts that failed has no coverage of its own, so the run says that it
// lacks them.
func TestUnlistedAccounts(t *testing.T) {
	t.Parallel()
	const listing = "organizations:ListAccounts"
	j := judge(t, "sharing/ami-public")
	accept := []gate.Exception{{ID: "sandbox", Policies: []string{"*"}, Match: gate.Match{Actions: []string{listing}}}}
	unread := gate.Verdict{Code: gate.Incomplete, Reason: "1 account not read: 444455556666; also 1 critical"}
	complete := gate.Verdict{Code: gate.Clean, Reason: "nothing fails the run; also 1 critical"}
	tests := []struct {
		name       string
		part       inventory.Part
		exceptions []gate.Exception
		want       gate.Verdict
	}{
		{"denied", lackingOf("account", listing, inventory.Denied), nil, unread},
		{"throttled", lackingOf("account", listing, inventory.Throttled), nil, unread},
		{"denied, which is accepted", lackingOf("account", listing, inventory.Denied), accept,
			gate.Verdict{Code: gate.Clean, Reason: "nothing fails the run; also 1 critical; 1 account not read, as accepted"}},
		{"nobody here can list it", lackingOf("account", listing, inventory.NotVisible), nil, complete},
		{"tags alone", lackingOf("tags", "organizations:ListTagsForResource", inventory.Denied), nil, complete},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			run := running(io.Discard, test.part, part(t, ireland))
			run.Decided.Exceptions = test.exceptions
			got, err := j.Do(t.Context(), run)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
