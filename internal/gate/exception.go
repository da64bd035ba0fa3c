package gate

import (
	"slices"
	"time"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/glob"
)

// Exception is a person's decision that findings or gaps are accepted, until a day.
type Exception struct {
	ID string
	// Policies are IDs, aliases or globs over IDs.
	Policies []string
	Match    Match
	Reason   string
	Owner    string
	Ticket   string
	// Created is the day of the decision, from which on it holds; zero where nobody said.
	Created time.Time
	// Expires is the last day on which it holds, in UTC; zero means never.
	Expires time.Time
	// UnderReview marks a decision that was not made yet: it accepts nothing.
	UnderReview bool
	// Place is file and line: "amiscan.yaml:12".
	Place string
}

// Match says what an exception is about. All that is given must hold; of a list, one member.
type Match struct {
	Accounts []string
	Regions  []string
	// IDs are whole ids: ami-0123456789abcdef0, or the ARN of a key.
	IDs []string
	// Names are globs over the name of the resource or of the image that it is a part of.
	Names    []string
	Lineages []string
	Tags     map[string]string
	// Grantees are the subjects of findings about sharing: an account, an ARN of an organization or OU, or "all".
	Grantees []string
	// Actions make it an exception for gaps: what these IAM actions would have told, in these accounts, is accepted as
	// unknown.
	Actions []string
}

func (m Match) covers(f finding.Finding) bool {
	r := f.Resource
	return oneOf(m.Accounts, r.Account) && oneOf(m.Regions, r.Region) && oneOf(m.IDs, r.ID) && oneOf(m.Lineages, r.Lineage) &&
		oneOf(m.Grantees, f.Subject) && m.coversNames(r.Labels.Names) && m.coversTags(r.Labels.Tags)
}

// oneOf holds where nothing is asked for, or the value is among what is.
func oneOf(wanted []string, value string) bool {
	return len(wanted) == 0 || slices.Contains(wanted, value)
}

func (m Match) coversNames(names []string) bool {
	return len(m.Names) == 0 || slices.ContainsFunc(m.Names, func(pattern string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return glob.Match(pattern, name) })
	})
}

func (m Match) coversTags(tags map[string]string) bool {
	for key, value := range m.Tags {
		if actual, there := tags[key]; !there || actual != value {
			return false
		}
	}
	return true
}

// coversGap holds for what one of the actions would have told in one of the accounts.
func (m Match) coversGap(g finding.Gap) bool {
	return slices.Contains(m.Actions, g.Action) && oneOf(m.Accounts, g.Account) && oneOf(m.Regions, g.Region)
}
