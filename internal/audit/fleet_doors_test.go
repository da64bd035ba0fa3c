package audit

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
)

// inMemory is a shelf for the time of a test.
type inMemory map[inventory.Unit]inventory.Part

func (m inMemory) Has(u inventory.Unit) (bool, error) {
	_, there := m[u]
	return there, nil
}

func (m inMemory) Part(u inventory.Unit) (inventory.Part, error) { return m[u], nil }

func (m inMemory) Put(p inventory.Part) error {
	m[p.Unit] = p
	return nil
}

// failures are the units that could not be read at all.
type failures struct {
	silent
	mu  sync.Mutex
	all []string
}

func (f *failures) Failed(account, region, action, code string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.all = append(f.all, fmt.Sprintf("%s/%s %s %s", account, region, action, code))
}

// fleetOf is a fleet in the organization o-1 of account 9, which knows what was put before. Its caller has no region, so that
// all calls fail before they reach the network.
func fleetOf(whose Whose, manifest inventory.Manifest, watch Watcher, parts ...inventory.Part) *fleet {
	shelf := inMemory{}
	for _, part := range parts {
		shelf[part.Unit] = part
	}
	caller := (&collect.Account{Partition: "aws", ID: "9"}).Paced(collect.NewPace(collect.Pacing{}))
	return (&Target{
		account: caller, manifest: manifest, asked: Collecting{Whose: whose, Watch: watch}.withDefaults(), watch: watch,
		organization: collect.Organization{ID: "o-1", Management: "9"},
	}).newFleet(shelf)
}

// An account that an earlier run entered, and that can't be entered any more, leaves all its units unread: the run has failed.
func TestAccountThatIsLockedByNow(t *testing.T) {
	t.Parallel()
	regions := inventory.Manifest{Regions: []string{"a", "b", "c"}}
	tests := []struct {
		name  string
		there []inventory.Part
		want  Outcome
		told  []string
	}{
		{"nothing was read of it", nil, Outcome{Units: 2, Failed: 2}, []string{"1/a sts:AssumeRole error", "1/b sts:AssumeRole error"}},
		{"half of it was read", []inventory.Part{imageIn("1", "a")}, Outcome{Units: 2, Kept: 1, Failed: 1},
			[]string{"1/b sts:AssumeRole error"}},
		{"all of it was read", []inventory.Part{imageIn("1", "a"), imageIn("1", "b")}, Outcome{Units: 2, Kept: 2}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			watch := &failures{}
			f := fleetOf(Whose{Accounts: []string{"1"}}, regions, watch, append(test.there, doorOf("1", "a b", ""))...)
			got, err := f.run(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(watch.all)
			if diff := cmp.Diff([]any{test.want, test.told}, []any{got, watch.all}); diff != "" {
				t.Errorf("outcome and what was told (-want +got):\n%s", diff)
			}
		})
	}
}

// Somebody reads each region that an account has enabled, and of several workers exactly one: also a region that the
// caller's list did not know.
func TestRegionsOfAnAccount(t *testing.T) {
	t.Parallel()
	all := inventory.Manifest{Regions: []string{"a", "b"}, AllRegions: true}
	named := inventory.Manifest{Regions: []string{"a", "b"}}
	mine := func(regions string) map[string][]string { return map[string][]string{"1": strings.Fields(regions)} }
	tests := []struct {
		name     string
		manifest inventory.Manifest
		mine     map[string][]string
		enabled  string
		want     string
	}{
		{"all", all, nil, "a b", "a b"},
		{"one is not enabled", all, nil, "b", "b"},
		{"one that the list lacks", all, nil, "a new", "a new"},
		{"one that the list lacks, of those that were named", named, nil, "a new", "a"},
		{"the worker of the first region", all, mine("a"), "a b new", "a new"},
		{"the worker of another region", all, mine("b"), "a b new", "b"},
		{"the worker of the first region, which is not enabled", all, mine("a"), "b new", "new"},
		{"the worker of the first region, of those that were named", named, mine("a"), "a b new", "a"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := fleetOf(Whose{}, test.manifest, silent{})
			f.mine = test.mine
			got := strings.Join(f.regionsOf(inventory.Member{ID: "1"}, strings.Fields(test.enabled)), " ")
			if got != test.want {
				t.Errorf("regions are %q, want %q", got, test.want)
			}
		})
	}
}
