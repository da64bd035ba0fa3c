package awsstub

import (
	"errors"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Source is an inventory that is too large to be held: its units are asked for one by one, as requests need them. Every
// method answers the same to the same question, in whichever order it is asked, and is safe for concurrent use.
type Source interface {
	// Accounts returns all accounts, the management account first.
	Accounts() []string
	// Regions returns the regions that an account has enabled, sorted.
	Regions(account string) []string
	// Part returns what an account has in a region; what is not there is an empty part. In the region global the management
	// account has the organization's accounts, and any account its instance profiles. All was observed at the same time.
	Part(account, region string) (inventory.Part, error)
	// Owner returns the account of an image or a snapshot, empty where there is no such account.
	Owner(id string) string
	// Lenders returns the accounts whose shared images and snapshots of a region stand in the listings of others.
	Lenders(region string) []string
}

// newGlobalCatalog is what a source's global services serve: its accounts, their organization and their regions.
func newGlobalCatalog(source Source) (*catalog, error) {
	accounts := source.Accounts()
	if len(accounts) == 0 {
		return nil, errors.New("the source has no account")
	}
	p, err := source.Part(accounts[0], inventory.Global)
	if err != nil {
		return nil, err
	}
	c, err := newCatalog([]inventory.Part{p})
	if err != nil {
		return nil, err
	}
	for _, account := range accounts {
		c.partitions[account] = p.Partition
		c.regions[account] = source.Regions(account)
	}
	return c, nil
}

// isGlobalCall reports whether a request is answered from what a source has for all regions together.
func isGlobalCall(r Request) bool {
	return slices.Contains([]string{"organizations", "sts"}, r.Service) || r.Name() == "ec2:DescribeRegions"
}
