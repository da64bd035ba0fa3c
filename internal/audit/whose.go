package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
)

// Whose says which accounts are read beside, or in place of, the caller's own.
type Whose struct {
	// Organization asks for all accounts of the caller's organization.
	Organization bool
	// Accounts are asked for by id; with Organization, only these of it.
	Accounts []string
	// Skip are left out, whatever else asks for them.
	Skip []string
	// OUs are organizational units or roots, by id: with everything below them. None means everywhere.
	OUs []string
	// Tags are tags that an account must have, as KEY=VALUE, all of them.
	Tags []string
	Role collect.Role
}

// Many reports whether other accounts than the caller's are asked for.
func (w Whose) Many() bool { return w.Organization || len(w.Accounts) > 0 }

// filters says in the manifest what a run left out, so that judging knows whom to miss.
func (w Whose) filters() []string {
	var filters []string
	for name, values := range map[string][]string{"skip-account": w.Skip, "ou": w.OUs, "account-tag": w.Tags} {
		for _, value := range values {
			filters = append(filters, name+"="+value)
		}
	}
	slices.Sort(filters)
	return slices.Compact(filters)
}

// whoseOf reads back what a manifest says of it.
func whoseOf(m inventory.Manifest) Whose {
	w := Whose{Organization: m.Organization != "", Accounts: m.Accounts}
	for _, filter := range m.Filters {
		switch name, value, _ := strings.Cut(filter, "="); name {
		case "skip-account":
			w.Skip = append(w.Skip, value)
		case "ou":
			w.OUs = append(w.OUs, value)
		case "account-tag":
			w.Tags = append(w.Tags, value)
		}
	}
	return w
}

// wants reports whether an account is asked for. Of one whose tags or place could not be read that can't be said: it is an error.
func (w Whose) wants(m inventory.Member) (bool, error) {
	switch {
	case len(w.Accounts) > 0 && !slices.Contains(w.Accounts, m.ID), slices.Contains(w.Skip, m.ID):
		return false, nil
	case len(w.OUs) > 0 && m.Path() == "":
		return false, fmt.Errorf("find the organizational unit of account %s: the organization does not tell", m.ID)
	case !w.under(m.Path()):
		return false, nil
	case len(w.Tags) > 0 && m.TagsUnread != nil:
		return false, fmt.Errorf("read the tags of account %s: %s (%s): needs %s",
			m.ID, m.TagsUnread.Status, m.TagsUnread.Code, m.TagsUnread.Action)
	}
	return w.tagged(m.Tags), nil
}

// under reports whether a path leads through one of the organizational units.
func (w Whose) under(path string) bool {
	return len(w.OUs) == 0 || slices.ContainsFunc(strings.Split(path, "/"), func(id string) bool {
		return slices.Contains(w.OUs, id)
	})
}

func (w Whose) tagged(tags map[string]string) bool {
	return !slices.ContainsFunc(w.Tags, func(tag string) bool {
		key, value, _ := strings.Cut(tag, "=")
		there, ok := tags[key]
		return !ok || there != value
	})
}
