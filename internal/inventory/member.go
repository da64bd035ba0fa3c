package inventory

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// EntersAccount is the action by which an account is entered.
const EntersAccount = "sts:AssumeRole"

// The facts of an account.
const (
	accountFact = "account"
	tagsFact    = "tags"
	regionsFact = "regions"
)

// Member is one account, as its organization lists it.
type Member struct {
	ID   string
	Name string
	// State is empty for an account that was not listed.
	State AccountState
	// Organization is the id of its organization; empty where it is not known.
	Organization string
	// Paths say through which organizational units it is reached, such as "o-…/r-…/ou-…/"; none where that is not known.
	Paths []string
	// Tags are its tags, where they were asked for; TagsUnread is the fact in place of tags that could not be read.
	Tags       map[string]string
	TagsUnread *Fact
}

// AccountState is where an account stands in its life (Organizations API Reference, Account.State).
type AccountState string

// shutStates are those in which nobody can use an account (Organizations User Guide, "Monitor the state of your AWS
// accounts"). There may be more one day: whether an account in one that is not known can be entered, trying will tell.
var shutStates = []AccountState{"PENDING_ACTIVATION", "SUSPENDED", "PENDING_CLOSURE", "CLOSED"}

// IsOpen reports whether an account in this state may be entered.
func (s AccountState) IsOpen() bool { return !slices.Contains(shutStates, s) }

// Path is the place of the account in its organization; empty where it is not known.
func (m Member) Path() string {
	if len(m.Paths) == 0 {
		return ""
	}
	return m.Paths[0]
}

// MemberOf reads an account of an organization's global unit. Of a resource that no organization lists, it knows the id.
func MemberOf(r Resource) Member {
	// Status is what State was before (Account.Status, "will be retired").
	var listed struct {
		Arn, Name     string
		State, Status AccountState
		Paths         []string
	}
	m := Member{ID: r.ID}
	if fact := r.Fact(accountFact); fact.Status == Known && json.Unmarshal(fact.Value, &listed) == nil {
		m.Name, m.State, m.Paths = listed.Name, cmp.Or(listed.State, listed.Status), listed.Paths
		m.Organization, _ = OrganizationOf(listed.Arn, "account")
	}
	m.readTags(r.Fact(tagsFact))
	return m
}

func (m *Member) readTags(fact Fact) {
	var tags []struct{ Key, Value string }
	switch {
	case fact.Status == Known && json.Unmarshal(fact.Value, &tags) == nil:
		m.Tags = map[string]string{}
		for _, tag := range tags {
			m.Tags[tag.Key] = tag.Value
		}
	case fact.Status != NotCollected:
		m.TagsUnread = &fact
	}
}

// OrganizationOf reads the organization from the ARN of one of its accounts, of an OU ("ou") or of itself
// ("organization"): arn:aws:organizations::MANAGEMENT-ACCOUNT:account/o-ID/ACCOUNT.
func OrganizationOf(arn, resource string) (id string, ok bool) {
	_, rest, ok := strings.Cut(arn, ":"+resource+"/")
	id, _, _ = strings.Cut(rest, "/")
	if !ok || !strings.Contains(arn, ":organizations:") || !strings.HasPrefix(id, "o-") {
		return "", false
	}
	return id, true
}

// EnabledRegions returns the names of the regions that a global unit says its account has; why is the fact that says that
// this is not known.
func (p Part) EnabledRegions() (names []string, why *Fact) {
	fact := Fact{Status: NotCollected, Action: EntersAccount}
	for _, r := range p.Resources {
		if r.Kind == Account && r.ID == p.Account {
			fact = r.Fact(regionsFact)
		}
	}
	var regions []struct{ RegionName string }
	if fact.Status == Known && json.Unmarshal(fact.Value, &regions) != nil {
		fact.Status = Error
	}
	if fact.Status != Known {
		return nil, &fact
	}
	for _, r := range regions {
		names = append(names, r.RegionName)
	}
	return names, nil
}
