package collect

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Member is one account that is to be read.
type Member struct {
	ID   string
	Name string
	// State is where the account stands in its life; empty for one that was not listed.
	State string
	// Organization is the id of its organization; empty where it is not known.
	Organization string
	// Path is the path of its organizational units, such as "o-…/r-…/ou-…/"; empty where it is not known.
	Path string
	// Tags are its tags, where they were asked for; TagsUnread is the fact in place of tags that could not be read.
	Tags       map[string]string
	TagsUnread *inventory.Fact
}

// shutStates are those in which nobody can use an account (Organizations User Guide, "Monitor the state of your AWS
// accounts"). There may be more one day: whether an account in one that is not known can be entered, trying will tell.
var shutStates = []string{"PENDING_ACTIVATION", "SUSPENDED", "PENDING_CLOSURE", "CLOSED"}

// IsOpen reports whether the account may be entered.
func (m Member) IsOpen() bool { return !slices.Contains(shutStates, m.State) }

// MemberOf reads an account of an organization's global unit.
func MemberOf(r inventory.Resource) Member {
	// Status is what State was before (Account.Status, "will be retired").
	var listed struct {
		Arn, Name, State, Status string
		Paths                    []string
	}
	m := Member{ID: r.ID}
	if fact := r.Fact(accountFact.Name); fact.Status == inventory.Known && json.Unmarshal(fact.Value, &listed) == nil {
		m.Name, m.State, m.Organization = listed.Name, listed.State, organizationIn(listed.Arn)
		if m.State == "" {
			m.State = listed.Status
		}
		if len(listed.Paths) > 0 {
			m.Path = listed.Paths[0]
		}
	}
	m.readTags(r.Fact(tagsFact.Name))
	return m
}

func (m *Member) readTags(fact inventory.Fact) {
	var tags []struct{ Key, Value string }
	switch {
	case fact.Status == inventory.Known && json.Unmarshal(fact.Value, &tags) == nil:
		m.Tags = map[string]string{}
		for _, tag := range tags {
			m.Tags[tag.Key] = tag.Value
		}
	case fact.Status != inventory.NotCollected:
		m.TagsUnread = &fact
	}
}

// organizationIn reads the organization from the ARN of one of its accounts:
// arn:aws:organizations::MANAGEMENT-ACCOUNT:account/o-ID/ACCOUNT.
func organizationIn(arn string) string {
	_, rest, _ := strings.Cut(arn, ":account/")
	id, _, _ := strings.Cut(rest, "/")
	return id
}
