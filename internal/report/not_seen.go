package report

import (
	"maps"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// examples is how many places one line of the coverage table names.
const examples = 3

// NotSeen is the coverage table: what was not seen and what would show it, what nobody can see because the account is
// suspended or closed, and what exceptions accept.
type NotSeen struct {
	Open     []Unseen   `json:"open"`
	Inactive []Inactive `json:"inactive"`
	Accepted []Unseen   `json:"accepted"`
}

// Unseen is everything that was not seen for one reason.
type Unseen struct {
	Action string   `json:"action"`
	Status string   `json:"status"`
	Codes  []string `json:"codes"`
	Facts  []string `json:"facts"`
	// Accounts counts accounts. Units counts units, 0 where whole accounts were not read.
	Accounts int      `json:"accounts"`
	Units    int      `json:"units"`
	Examples []string `json:"examples"`
	// Missing counts the resources that lack the facts, Verdicts the unknown verdicts that hang on them.
	Missing  int      `json:"missing"`
	Verdicts int      `json:"verdicts"`
	Policies []string `json:"policies"`
	// Remedy is half a sentence that says what would show it.
	Remedy      string               `json:"remedy"`
	Suppression *finding.Suppression `json:"suppression,omitempty"`
	// count is how text says Accounts and Units.
	count string
}

// Inactive are the accounts in one state, such as SUSPENDED.
type Inactive struct {
	State    string   `json:"state"`
	Accounts int      `json:"accounts"`
	Examples []string `json:"examples"`
}

// table makes the coverage table.
func (index *gapIndex) table() NotSeen {
	t := NotSeen{Open: []Unseen{}, Inactive: []Inactive{}, Accepted: []Unseen{}}
	for _, g := range index.ranked() {
		t.Open = append(t.Open, index.unseen(g))
	}
	for _, g := range index.accepted() {
		u, mark := index.unseen(g), index.decision(g)
		u.Suppression = &mark
		t.Accepted = append(t.Accepted, u)
	}
	for _, state := range slices.Sorted(maps.Keys(index.inactive)) {
		e := index.extent(*index.inactive[state])
		t.Inactive = append(t.Inactive, Inactive{State: state, Accounts: e.accounts, Examples: first(e.names)})
	}
	return t
}

func (index *gapIndex) unseen(g *gap) Unseen {
	e := index.extent(g.units)
	return Unseen{
		Action: g.action, Status: g.status, Codes: list(g.codes.sorted()), Facts: list(g.facts.sorted()),
		Accounts: e.accounts, Units: e.units, Examples: first(e.names), Missing: g.missing, Verdicts: g.verdicts,
		Policies: list(g.policies.sorted()), Remedy: remedy(g.gapKey), count: e.count(),
	}
}

func first(names []string) []string { return list(slices.Clip(names[:min(examples, len(names))])) }

// remedy says what would show what was not seen.
func remedy(k gapKey) string {
	switch inventory.Status(k.status) {
	case inventory.Denied:
		return permission(k.action)
	case inventory.NotVisible:
		return "nobody can: AWS does not show it"
	case inventory.Unsupported:
		return "nobody can: AWS does not offer it there"
	case inventory.Throttled:
		return "collect it again, more slowly"
	case inventory.Error:
		return "collect it again"
	default:
		return "collect it"
	}
}

func permission(action string) string {
	switch action {
	case "":
		return "allow the call"
	case assumeRole:
		return "let the role be assumed"
	}
	return "allow " + action
}

// assumeRole is the action that opens an account. Who may call it is said in the account, by the role's trust policy.
const assumeRole = "sts:AssumeRole"

// line is one line of the table, such as "sts:AssumeRole denied in 2 accounts (111122223333, 444455556666): let the role be
// assumed".
func (u Unseen) line() string { return u.title() + ": " + clean(u.Remedy, maxName) }

// title says what was not seen, and where.
func (u Unseen) title() string {
	what := clean(u.Action, maxName)
	if what == "" {
		what = few(u.Facts, examples)
	}
	return strings.TrimSpace(what+" "+statusWords(u.Status)) + u.where()
}

// where counts the places and names the first of them.
func (u Unseen) where() string {
	if u.count == "" {
		return ""
	}
	all := u.Units
	if all == 0 {
		all = u.Accounts
	}
	return " in " + u.count + " (" + someOf(u.Examples, all) + ")"
}

// someOf lists examples of all.
func someOf(names []string, all int) string {
	text := few(names, examples)
	if more := all - len(names); more > 0 {
		text += " and " + digits(more) + " more"
	}
	return text
}

// inactiveLine tells of accounts that are suspended or closed; it is empty if there are none.
func (t NotSeen) inactiveLine() string {
	all, parts := 0, []string{}
	for _, i := range t.Inactive {
		all += i.Accounts
		state := strings.ToLower(statusWords(orElse(i.State, "not active")))
		parts = append(parts, digits(i.Accounts)+" "+state+" ("+someOf(i.Examples, i.Accounts)+")")
	}
	if all == 0 {
		return ""
	}
	return plural(all, "account is", "accounts are") + " not active, which nobody can read and which makes no run incomplete: " +
		strings.Join(parts, ", ")
}

// isEmpty holds if everything was seen.
func (t NotSeen) isEmpty() bool { return len(t.Open)+len(t.Inactive)+len(t.Accepted) == 0 }
