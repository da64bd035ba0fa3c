package config

import (
	"fmt"
	"slices"

	"github.com/amiscan/amiscan/internal/gate"
)

// checkMatch refuses a match that is wider than its writer can mean: an empty one, and one by labels that whoever makes an
// image can give it, in accounts that nobody named.
func (e Exception) checkMatch(*gate.Exception) (string, error) {
	m := e.Match
	if len(m.Actions) > 0 {
		return e.checkActions()
	}
	switch {
	case m.isEmpty():
		return "match", fmt.Errorf("needs a match: accounts, regions, ids, names, lineages, tags, grantees, " +
			"or actions for what may stay unread")
	case len(m.Accounts) == 0 && (len(m.Tags) > 0 || len(m.Lineages) > 0):
		return "match", fmt.Errorf("matches tags or lineages, which need accounts beside them: anybody can give an image a tag")
	}
	return m.checkAccounts()
}

// checkActions holds an exception for gaps to where they are: an action in an account.
func (e Exception) checkActions() (string, error) {
	m := e.Match
	if i := slices.IndexFunc(m.Actions, func(a string) bool { return !actionName.MatchString(a) }); i >= 0 {
		err := fmt.Errorf("matches the action %q, which is none such as kms:DescribeKey", m.Actions[i])
		return fmt.Sprintf("match.actions[%d]", i), err
	}
	if len(m.Accounts) == 0 {
		return "match", fmt.Errorf("matches actions, which need accounts beside them")
	}
	rest := m
	rest.Actions, rest.Accounts, rest.Regions = nil, nil, nil
	if !rest.isEmpty() {
		return "match", fmt.Errorf("matches actions, which go together with accounts and regions only")
	}
	return m.checkAccounts()
}

func (m Match) checkAccounts() (string, error) {
	for i, account := range m.Accounts {
		if !accountID.MatchString(account) {
			return fmt.Sprintf("match.accounts[%d]", i), fmt.Errorf("matches the account %q, which has not twelve digits", account)
		}
	}
	return "", nil
}

func (m Match) isEmpty() bool {
	lists := [][]string{m.Accounts, m.Regions, m.IDs, m.Names, m.Lineages, m.Grantees, m.Actions}
	return len(m.Tags) == 0 && !slices.ContainsFunc(lists, func(list []string) bool { return len(list) > 0 })
}
