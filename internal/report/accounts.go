package report

import (
	"cmp"
	"maps"
	"slices"

	"github.com/amiscan/amiscan/internal/finding"
)

// maxAccounts bounds the table of accounts: those that an auditor calls first.
const maxAccounts = 20

// accountTally counts the failing findings of one account by severity.
type accountTally struct {
	id, name, ou string
	total        int
	bySeverity   map[finding.Severity]int
}

// accountTallies counts failing findings that nobody accepted, by account.
type accountTallies map[string]*accountTally

func (a accountTallies) add(f finding.Finding) {
	r := f.Resource
	if a[r.Account] == nil {
		a[r.Account] = &accountTally{id: r.Account, bySeverity: map[finding.Severity]int{}}
	}
	t := a[r.Account]
	t.name, t.ou = cmp.Or(t.name, r.AccountName), cmp.Or(t.ou, r.OU)
	t.total++
	t.bySeverity[f.Severity]++
}

// most returns the accounts with the most failing findings; among equals, those with the worst.
func (a accountTallies) most() []*accountTally {
	all := slices.SortedFunc(maps.Values(a), func(x, y *accountTally) int {
		order := []int{cmp.Compare(y.total, x.total)}
		for _, severity := range finding.Severities() {
			order = append(order, cmp.Compare(y.bySeverity[severity], x.bySeverity[severity]))
		}
		return cmp.Or(append(order, cmp.Compare(x.id, y.id))...)
	})
	return all[:min(maxAccounts, len(all))]
}

// accountsHeading says how many accounts there are beside those in the table.
func (d *digest) accountsHeading() string {
	n := len(d.accounts)
	if n <= maxAccounts {
		return plural(n, "account", "accounts") + " with failing findings"
	}
	return "the " + digits(maxAccounts) + " of " + plural(n, "account", "accounts") + " with the most failing findings"
}

// severalAccounts holds where a table of accounts says more than the headline.
func (d *digest) severalAccounts() bool { return d.header.Scope.Accounts > 1 && len(d.accounts) > 0 }

// counts are the failing findings by severity, the worst first, and all of them.
func (t *accountTally) counts() []string {
	var counts []string
	for _, severity := range finding.Severities() {
		counts = append(counts, digits(t.bySeverity[severity]))
	}
	return append(counts, digits(t.total))
}

// accountColumns are the headings of counts.
func accountColumns() []string {
	var names []string
	for _, severity := range finding.Severities() {
		names = append(names, severity.String())
	}
	return append(names, "failing")
}

// title names the account and where in the organization it is.
func (t *accountTally) title() string {
	title := orElse(named(t.id, t.name), "no account")
	if ou := clean(t.ou, maxName); ou != "" {
		title += ", " + ou
	}
	return title
}
