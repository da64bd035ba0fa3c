package collect

import (
	"encoding/json"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Member is one account that is to be read.
type Member struct {
	ID   string
	Name string
	// State is where the account stands in its life; empty for one that was not listed.
	State string
	// Path is the path of its organizational units, such as "o-…/r-…/ou-…/"; empty where it is not known.
	Path string
	// Tags are its tags, where they were asked for; TagsUnread is the fact in place of tags that could not be read.
	Tags       map[string]string
	TagsUnread *inventory.Fact
}

// stateActive is the only state in which an account can be read.
const stateActive = "ACTIVE"

// IsOpen reports whether the account can be entered: it is active, or nobody said what it is.
func (m Member) IsOpen() bool { return m.State == "" || m.State == stateActive }

// MemberOf reads an account of an organization's global unit.
func MemberOf(r inventory.Resource) Member {
	// Status is what State was before (Account.Status, "will be retired").
	var listed struct {
		Name, State, Status string
		Paths               []string
	}
	m := Member{ID: r.ID}
	if fact := r.Fact(accountFact.Name); fact.Status == inventory.Known && json.Unmarshal(fact.Value, &listed) == nil {
		m.Name, m.State = listed.Name, listed.State
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
