package collect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// accountsPage is the most that ListAccounts puts on a page.
const accountsPage = 20

// Listing says how an organization is listed.
type Listing struct {
	// Tags asks for the tags of each account, too: one more call each.
	Tags bool
	Now  time.Time
	// Trace is told of every call.
	Trace func(action string, err error)
	// Each is told of every account as soon as its page is there, in AWS's order; an error ends the listing.
	Each func(inventory.Member) error
}

// Organization is the organization that an account is in.
type Organization struct {
	ID string
	// Management is the management account.
	Management string
}

// ErrNoOrganization means that the accounts of an organization can't be found out.
var ErrNoOrganization = errors.New("no list of accounts")

// FindOrganization asks which organization the account is in.
func (a *Account) FindOrganization(ctx context.Context, l Listing) (Organization, error) {
	u := a.globalUnit(a.ID, l.Now, l.Trace)
	fact := a.organization.do("", func() inventory.Fact { return u.describeOrganization(ctx, organization().FactType) })
	var found struct {
		ID              string `json:"Id"`
		MasterAccountID string `json:"MasterAccountId"`
	}
	if fact.Status != inventory.Known || json.Unmarshal(fact.Value, &found) != nil || found.MasterAccountID == "" {
		return Organization{}, fmt.Errorf("find the organization of account %s: %w: %w", a.ID, ErrNoOrganization, whyUnknown(fact))
	}
	return Organization{ID: found.ID, Management: found.MasterAccountID}, nil
}

// whyUnknown says why a fact is no answer.
func whyUnknown(fact inventory.Fact) error {
	return &RefusedError{Action: fact.Action, Status: fact.Status, Code: fact.Code}
}

// RefusedError says that something was asked for without which a run can't begin.
type RefusedError struct {
	Action string
	Status inventory.Status
	// Code is AWS's, if it had one.
	Code string
}

func (e *RefusedError) Error() string {
	if e.Status == inventory.NotFound {
		return fmt.Sprintf("it is in none (%s)", e.Code)
	}
	if e.Code == "" {
		return fmt.Sprintf("%s: %s", e.Action, e.Status)
	}
	return fmt.Sprintf("%s: %s (%s)", e.Action, e.Status, e.Code)
}

// globalUnit is where an account's own data are read into: its calls go to the account's first region.
func (a *Account) globalUnit(account string, now time.Time, trace func(string, error)) *unit {
	id := inventory.Unit{Partition: a.Partition, Account: account, Region: inventory.Global}
	return newUnit(id, a.clients(a.Region), Request{Now: now, Trace: trace})
}

// ListAccounts lists the accounts of the organization and returns the global unit of its management account. Only the
// management account and delegated administrators may ask.
func (a *Account) ListAccounts(ctx context.Context, of Organization, l Listing) (inventory.Part, error) {
	u := a.globalUnit(of.Management, l.Now, l.Trace)
	r := &roll{unit: u, listing: l, organization: of.ID}
	fetch := func(ctx context.Context, token *string) ([]types.Account, *string, error) {
		out, err := u.clients.ListAccounts(ctx, &organizations.ListAccountsInput{
			NextToken: token, MaxResults: aws.Int32(accountsPage),
		})
		if err != nil {
			return nil, nil, err
		}
		return listOf(out.Accounts, out.NextToken)
	}
	visit := func(page []types.Account) error { return r.add(ctx, page) }
	err := visitPages(ctx, u, accountAction, fetch, visit)
	if slices.Contains(staleTokens, ErrorCode(err)) {
		// From the start, once: accounts that were told of are not told of again.
		err = visitPages(ctx, u, accountAction, fetch, visit)
	}
	if err != nil {
		if status(err) == inventory.Denied {
			err = fmt.Errorf("%w: %w", ErrNoOrganization, err)
		}
		return inventory.Part{}, fmt.Errorf("list the accounts of organization %s: %w", of.ID, err)
	}
	return r.part(), nil
}

// accountAction lists accounts.
const accountAction = "organizations:ListAccounts"

// roll takes down the accounts of an organization.
type roll struct {
	unit         *unit
	listing      Listing
	organization string
	// paths are those that the tree gives, where the listing gives none.
	paths map[string]string
}

// add takes down a page.
func (r *roll) add(ctx context.Context, page []types.Account) error {
	if err := named(page, func(a types.Account) *string { return a.Id }); err != nil {
		return err
	}
	for _, account := range page {
		if r.unit.fact(accountFact, *account.Id).Status == inventory.Known {
			continue
		}
		if err := r.addAccount(ctx, account); err != nil {
			return err
		}
	}
	return nil
}

func (r *roll) addAccount(ctx context.Context, account types.Account) error {
	path, err := r.path(ctx, account)
	if err != nil {
		return err
	}
	account.Paths = path
	r.unit.putOwned(accountFact, *account.Id, *account.Id, known(accountFacts()[0].FactType, account))
	if r.listing.Tags {
		r.unit.putOwned(tagsFact, *account.Id, *account.Id, r.tags(ctx, *account.Id))
	}
	resource, _ := r.unit.resource(inventory.Account, *account.Id)
	return r.listing.Each(inventory.MemberOf(resource))
}

// path is where the account stands in the tree. Servers that do not tell yet are asked for the tree itself, once.
func (r *roll) path(ctx context.Context, account types.Account) ([]string, error) {
	if len(account.Paths) > 0 {
		return account.Paths, nil
	}
	if r.paths == nil {
		paths, err := r.unit.walkTree(ctx, r.organization)
		if err != nil {
			return nil, err
		}
		r.paths = paths
	}
	if path, ok := r.paths[*account.Id]; ok {
		return []string{path}, nil
	}
	return nil, nil
}

func (r *roll) tags(ctx context.Context, account string) inventory.Fact {
	t := accountFacts()[1].FactType
	tags, err := pages(ctx, r.unit, t.Action, func(ctx context.Context, token *string) ([]types.Tag, *string, error) {
		out, err := r.unit.clients.ListTagsForResource(ctx, &organizations.ListTagsForResourceInput{
			ResourceId: aws.String(account), NextToken: token,
		})
		if err != nil {
			return nil, nil, err
		}
		return listOf(out.Tags, out.NextToken)
	})
	if err != nil {
		return gap(t, err)
	}
	return known(t, append([]types.Tag{}, tags...))
}

// part closes the unit.
func (r *roll) part() inventory.Part {
	u := r.unit
	part := inventory.Part{Unit: u.Unit, Observed: r.listing.Now.UTC()}
	for _, c := range accountFacts()[:2] {
		if c.FactRef == tagsFact && !r.listing.Tags {
			continue
		}
		u.cover(c, nil)
	}
	for _, resource := range u.resources {
		part.Resources = append(part.Resources, *resource)
	}
	for _, c := range accountFacts()[:2] {
		if _, covered := u.coverage[c.FactRef]; covered {
			part.Coverage = append(part.Coverage, u.complete(c, part.Resources))
		}
	}
	part.Sort()
	return part
}
