package link

import (
	"cmp"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

var (
	accountFact      = ref(inventory.Account, "account")
	regionsFact      = ref(inventory.Account, "regions")
	organizationFact = ref(inventory.Settings, "organization")
)

// listsAccounts is the action that lists an organization's accounts.
const listsAccounts = "organizations:ListAccounts"

// member is one account of an organization, as its listing has it.
type member struct {
	ID    string `json:"Id"`
	Name  string
	State inventory.AccountState
	Paths []string
}

// organization is the accounts of one organization.
type organization struct {
	// members are in the order of their ids.
	members []member
	// gap is why members may be missing, or may lack their state; nil where all is known.
	gap *inventory.Gap
	// pathless holds where the listing does not say where in the organization some account is.
	pathless bool
}

// find returns the account of an id.
func (o *organization) find(account string) (member, bool) {
	i, ok := slices.BinarySearchFunc(o.members, account, func(m member, id string) int { return cmp.Compare(m.ID, id) })
	if !ok {
		return member{}, false
	}
	return o.members[i], true
}

// below returns the accounts in an OU and in those below it.
func (o *organization) below(ou string) []member {
	return slices.DeleteFunc(slices.Clone(o.members), func(m member) bool {
		return !slices.ContainsFunc(m.Paths, func(path string) bool { return slices.Contains(strings.Split(path, "/"), ou) })
	})
}

// listing is every organization whose accounts some part lists.
type listing struct {
	organizations map[string]*organization
	// of says which organization an account is in.
	of map[string]string
	// gap is why a listing that was tried has no accounts; nil where nobody tried.
	gap *inventory.Gap
}

// see takes in the accounts of a part, if it lists any.
func (l *listing) see(part inventory.Part) {
	c := part.CoverageOf(accountFact.Kind, accountFact.Name)
	gap := gapIn(c)
	for id, found := range readOrganizations(part) {
		l.add(id, found, gap)
	}
	if gap != nil && c.Action != "" && l.gap == nil {
		l.gap = gap
	}
}

// gapIn is why a listing is not whole; nil where it is.
func gapIn(c inventory.Coverage) *inventory.Gap {
	if c.Status.IsAnswer() && c.Narrowed == "" {
		return nil
	}
	if c.Status.IsAnswer() {
		c.Status = inventory.NotCollected
	}
	return &inventory.Gap{Fact: c.Fact, Status: c.Status, Action: cmp.Or(c.Action, listsAccounts), Code: c.Code, Unit: c.Unit}
}

// add takes in one organization. Where two parts list it, the one that is whole counts, or the longer one.
func (l *listing) add(id string, found *organization, gap *inventory.Gap) {
	if l.organizations == nil {
		l.organizations, l.of = map[string]*organization{}, map[string]string{}
	}
	found.gap = cmp.Or(gap, found.gap)
	slices.SortFunc(found.members, func(a, b member) int { return cmp.Compare(a.ID, b.ID) })
	if known := l.organizations[id]; known != nil {
		if known.gap == nil || found.gap != nil && len(found.members) <= len(known.members) {
			return
		}
	}
	l.organizations[id] = found
	for _, m := range found.members {
		l.of[m.ID] = id
	}
}

// readOrganizations reads the accounts of a part by their organization.
func readOrganizations(part inventory.Part) map[string]*organization {
	all := map[string]*organization{}
	for _, r := range part.Resources {
		if r.Kind != inventory.Account {
			continue
		}
		m := inventory.MemberOf(r)
		if m.Organization == "" {
			continue
		}
		if all[m.Organization] == nil {
			all[m.Organization] = &organization{}
		}
		all[m.Organization].take(member{ID: m.ID, Name: m.Name, State: m.State, Paths: m.Paths}, part.Unit)
	}
	return all
}

func (o *organization) take(m member, in inventory.Unit) {
	m.State = intern(m.State)
	for i, path := range m.Paths {
		m.Paths[i] = intern(path)
	}
	o.members = append(o.members, m)
	o.pathless = o.pathless || len(m.Paths) == 0
	if m.State == "" {
		o.gap = &inventory.Gap{Fact: accountFact.Name, Status: inventory.Unsupported, Action: listsAccounts, Unit: in}
	}
}

// ownOrganization returns the accounts of the organization that a resource's owner is in, and the gap in them: nil and nil
// where the owner is in none.
func (ix *index) ownOrganization(r inventory.Resource) (*organization, *inventory.Gap) {
	l := ix.world.listing
	id := l.of[r.Account]
	var settings struct {
		ID              string `json:"Id"`
		MasterAccountID string `json:"MasterAccountId"`
	}
	fact := ix.read(organizationFact, ix.settingsFact(organizationFact.Name), &settings)
	if id == "" {
		id = settings.ID
	}
	if own := l.organizations[id]; own != nil {
		return own, own.gap
	}
	if fact.Status == inventory.NotFound {
		return nil, nil
	}
	if l.gap != nil {
		return nil, l.gap
	}
	return nil, notListed(inventory.NotCollected, r.Partition, cmp.Or(settings.MasterAccountID, r.Account))
}

// notListed is the gap of an organization whose accounts nobody listed. Its management account could.
func notListed(status inventory.Status, partition, management string) *inventory.Gap {
	return &inventory.Gap{
		Fact: accountFact.Name, Status: status, Action: listsAccounts,
		Unit: inventory.Unit{Partition: partition, Account: management, Region: inventory.Global},
	}
}

// settingsFact is a fact of the unit's settings.
func (ix *index) settingsFact(name string) inventory.Fact {
	return ix.byID[inventory.Settings][ix.part.Account+"/"+ix.part.Region].Fact(name)
}
