package estate_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"testing"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/awsstub/estate"
	"github.com/amiscan/amiscan/internal/inventory"
)

// Estate is what a stub can serve.
var _ awsstub.Source = (*estate.Estate)(nil)

func make40(t *testing.T, seed uint64) *estate.Estate {
	t.Helper()
	e, err := estate.New(estate.Size{Seed: seed, Accounts: 40, Regions: []string{"us-east-1", "eu-west-1"}, LargeImages: 60})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// units are all units, the global ones among them.
func units(e *estate.Estate) (all []inventory.Unit) {
	for _, account := range e.Accounts() {
		for _, region := range append([]string{inventory.Global}, e.Regions(account)...) {
			all = append(all, inventory.Unit{Account: account, Region: region})
		}
	}
	return all
}

func partOf(t *testing.T, e *estate.Estate, u inventory.Unit) inventory.Part {
	t.Helper()
	p, err := e.Part(u.Account, u.Region)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestSameSeedSameBytes asks two estates of one seed in different orders, and one of another seed.
func TestSameSeedSameBytes(t *testing.T) {
	t.Parallel()
	one, two, other := make40(t, 5), make40(t, 5), make40(t, 6)
	all := units(one)
	first := map[inventory.Unit][]byte{}
	for _, u := range all {
		first[u] = bytesOf(t, partOf(t, one, u))
	}
	slices.Reverse(all)
	same := 0
	for _, u := range all {
		if !bytes.Equal(first[u], bytesOf(t, partOf(t, two, u))) {
			t.Errorf("%v differs", u)
		}
		if bytes.Equal(first[u], bytesOf(t, partOf(t, other, u))) {
			same++
		}
	}
	if same == len(all) {
		t.Error("another seed makes no difference")
	}
}

func bytesOf(t *testing.T, p inventory.Part) []byte {
	t.Helper()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestEveryPartIsServed holds that nothing in an estate is unknown to the stub, and that the inventory takes it.
func TestEveryPartIsServed(t *testing.T) {
	t.Parallel()
	e := make40(t, 5)
	var all []inventory.Part
	kinds := map[string]bool{}
	for _, u := range units(e) {
		p := partOf(t, e, u)
		all = append(all, p)
		for _, r := range p.Resources {
			kinds[r.Kind] = true
		}
	}
	if _, err := awsstub.New(all); err != nil {
		t.Error(err)
	}
	for _, kind := range []string{
		inventory.Account, inventory.AMI, inventory.AutoScalingGroup, inventory.Instance, inventory.InstanceProfile,
		inventory.InstanceType, inventory.KMSKey, inventory.LaunchTemplate, inventory.SecurityGroup, inventory.Settings,
		inventory.Snapshot, inventory.SSMParameter, inventory.Subnet,
	} {
		if !kinds[kind] {
			t.Errorf("there is no %s", kind)
		}
	}
}

// TestIDs holds that an image and a snapshot has its id alone, in the form of AWS's, and that the id tells its owner.
func TestIDs(t *testing.T) {
	t.Parallel()
	e := make40(t, 5)
	form := regexp.MustCompile(`^(ami|snap)-0[0-9a-f]{16}$`)
	seen := map[string]bool{}
	for _, u := range units(e) {
		for _, r := range partOf(t, e, u).Resources {
			if r.Kind != inventory.AMI && r.Kind != inventory.Snapshot {
				continue
			}
			if seen[r.ID] || !form.MatchString(r.ID) || e.Owner(r.ID) != u.Account {
				t.Errorf("%s in %v: there before %v, owner %s", r.ID, u, seen[r.ID], e.Owner(r.ID))
			}
			seen[r.ID] = true
		}
	}
	for _, id := range []string{"", "ami-1", "ami-0zzzzz00000000000", "ami-0fffff00000000000", "snap-00000000000000000000"} {
		if owner := e.Owner(id); owner != "" {
			t.Errorf("%q belongs to %s", id, owner)
		}
	}
}

// TestMostUnitsAreEmpty holds the proportions for which an estate is made.
func TestMostUnitsAreEmpty(t *testing.T) {
	t.Parallel()
	e, err := estate.New(estate.Size{Seed: 1, Accounts: 600, LargeImages: 30})
	if err != nil {
		t.Fatal(err)
	}
	empty, small, large := 0, 0, 0
	for _, account := range e.Accounts()[4:] {
		for _, region := range e.Regions(account) {
			switch n := images(partOf(t, e, inventory.Unit{Account: account, Region: region})); {
			case n == 0:
				empty++
			case n <= 20:
				small++
			default:
				large++
			}
		}
	}
	if empty < 9500 || empty > 9900 || small < 200 || large < 1 || large > 6 {
		t.Errorf("%d units are empty, %d small, %d large", empty, small, large)
	}
}

func images(p inventory.Part) (n int) {
	for _, r := range p.Resources {
		if r.Kind == inventory.AMI {
			n++
		}
	}
	return n
}

// TestWhatIsNotThere asks for units that no organization of this size has.
func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	e := make40(t, 5)
	for _, u := range []inventory.Unit{
		{Account: "300000000040", Region: "us-east-1"}, {Account: "111122223333", Region: "us-east-1"}, {Account: "", Region: "us-east-1"},
		{Account: "300000000000", Region: "mars-1"}, {Account: "+30000000000", Region: "us-east-1"},
	} {
		if p := partOf(t, e, u); len(p.Resources) > 0 || p.Region != u.Region {
			t.Errorf("%v has %d resources", u, len(p.Resources))
		}
	}
}

func TestRefusedSizes(t *testing.T) {
	t.Parallel()
	for _, size := range []estate.Size{
		{Accounts: 3}, {Accounts: 1 << 21}, {Accounts: 9, LargeImages: -1}, {Accounts: 9, LargeImages: 1 << 20},
		{Accounts: 9, Regions: []string{"a", "a"}}, {Accounts: 9, Regions: []string{inventory.Global}},
	} {
		if _, err := estate.New(size); err == nil {
			t.Errorf("%+v is made", size)
		}
	}
}
