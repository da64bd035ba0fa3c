// Package estate makes up organizations of any size, for benchmarks and for trying amiscan out. All of it follows from a
// seed: nothing is held, everything is made when it is asked for, and comes out the same each time.
//
// Most accounts have nothing but settings. Some have a few images, with what launches them, in one or two regions, and a
// few have very many in one. One account bakes golden images for the whole organization in every region, encrypted with keys
// of another one.
package estate

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Size says how large an organization is, and which of all those of this size.
type Size struct {
	Seed uint64
	// Accounts is how many there are, at least four.
	Accounts int
	// Regions are those that every account has enabled; empty means DefaultRegions.
	Regions []string
	// LargeImages is how many images a large unit has; 0 means 1000.
	LargeImages int
}

// Estate is an organization.
type Estate struct {
	size    Size
	regions []string
}

// The accounts that have a part of their own in the organization, by their index.
const (
	management = iota
	imageFactory
	keyring
	security
	ordinary // the first of all others
)

// mostAccounts and mostImages are bounded by the room in an id.
const (
	mostAccounts = 1 << 20
	mostImages   = 1 << 16
)

// New returns the organization.
func New(size Size) (*Estate, error) {
	if len(size.Regions) == 0 {
		size.Regions = DefaultRegions()
	}
	if size.LargeImages == 0 {
		size.LargeImages = 1000
	}
	if size.Accounts < ordinary || size.Accounts > mostAccounts {
		return nil, fmt.Errorf("make an estate: %d accounts, want %d to %d", size.Accounts, ordinary, mostAccounts)
	}
	if size.LargeImages < 1 || size.LargeImages > mostImages {
		return nil, fmt.Errorf("make an estate: %d images in a large unit, want 1 to %d", size.LargeImages, mostImages)
	}
	regions := slices.Sorted(slices.Values(size.Regions))
	if len(slices.Compact(slices.Clone(regions))) != len(regions) || slices.Contains(regions, inventory.Global) {
		return nil, errors.New("make an estate: each region once, and none called " + inventory.Global)
	}
	return &Estate{size, regions}, nil
}

// DefaultRegions are the regions that every account of the partition aws has without opting in.
func DefaultRegions() []string {
	return []string{
		"ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1",
		"eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1",
		"us-west-2",
	}
}

// Observed is the day on which everything is as it is.
func (e *Estate) Observed() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// Regions returns the regions of an account: all have the same.
func (e *Estate) Regions(string) []string { return e.regions }

// Lenders returns the account that shares its images with all.
func (e *Estate) Lenders(string) []string { return []string{accountID(imageFactory)} }

// Part returns what an account has in a region. An account or region that there is not has nothing.
func (e *Estate) Part(account, region string) (inventory.Part, error) {
	u := inventory.Unit{Partition: partition, Account: account, Region: region}
	p := inventory.Part{Unit: u, Observed: e.Observed()}
	index, known := e.indexOf(account)
	at, enabled := slices.BinarySearch(e.regions, region)
	b := &builder{Estate: e, account: index, region: at, part: &p}
	switch {
	case !known:
		return p, nil
	case region == inventory.Global:
		b.addGlobal()
	case enabled:
		b.dice = e.diceFor("unit", index, at)
		b.addUnit()
	}
	p.Sort()
	return p, b.failed
}

// diceFor returns the dice for one thing. What they throw depends on the seed and on the thing alone.
func (e *Estate) diceFor(what string, numbers ...int) *rand.Rand {
	return rand.New(rand.NewPCG(e.size.Seed, e.hash(what, numbers...))) //nolint:gosec // a seed has to give the same estate again
}
