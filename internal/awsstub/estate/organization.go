package estate

import (
	"fmt"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
)

// doc is a document as the AWS CLI prints it.
type doc = map[string]any

// outsider is an account that is in another organization, or in none.
const outsider = "999988887777"

func (e *Estate) organizationID() string { return "o-" + e.word(10, "organization") }

func (e *Estate) organizationARN() string {
	return "arn:aws:organizations::" + accountID(management) + ":organization/" + e.organizationID()
}

func (e *Estate) rootID() string { return "r-" + e.word(4, "root") }

func (e *Estate) ouID(name string) string {
	return "ou-" + e.word(4, "root") + "-" + e.word(8, "ou "+name)
}

// ousOf returns the OUs in which an account stands, the topmost first.
func (e *Estate) ousOf(index int) []string {
	switch {
	case index == management:
		return nil
	case index < ordinary:
		return []string{"Infrastructure"}
	case e.stateOf(index) != "ACTIVE":
		return []string{"Suspended"}
	}
	return [][]string{
		{"Workloads", "Prod"}, {"Workloads", "Prod"}, {"Workloads", "Test"}, {"Workloads", "Test"}, {"Sandbox"},
	}[e.draw(5, "ou", index)]
}

// stateOf returns the state of an account. A few are closed, or about to be.
func (e *Estate) stateOf(index int) string {
	if index < ordinary {
		return "ACTIVE"
	}
	switch e.draw(100, "state", index) {
	case 0:
		return "SUSPENDED"
	case 1:
		return "CLOSED"
	case 2:
		return "PENDING_CLOSURE"
	}
	return "ACTIVE"
}

// nameOf returns the name of an account.
func (e *Estate) nameOf(index int) string {
	if index < ordinary {
		return []string{"management", "image-factory", "keyring", "security"}[index]
	}
	return fmt.Sprintf("%s-%05d", e.teamOf(index), index)
}

func (e *Estate) teamOf(index int) string {
	teams := []string{"payments", "search", "checkout", "reports", "mobile", "ledger", "support", "data", "web", "risk"}
	return teams[e.draw(len(teams), "team", index)]
}

func (e *Estate) pathOf(index int) string {
	path := e.organizationID() + "/" + e.rootID() + "/"
	for _, name := range e.ousOf(index) {
		path += e.ouID(name) + "/"
	}
	return path
}

// addGlobal adds what an account has beside its regions.
func (b *builder) addGlobal() {
	if b.account == management {
		for index := range b.size.Accounts {
			b.addAccount(index)
		}
	}
	if b.isActiveAnywhere() {
		b.addProfile()
	}
}

// addAccount adds an entry of organizations:ListAccounts, and the account's tags.
func (b *builder) addAccount(index int) {
	id := accountID(index)
	joined := time.Date(2019, 1, 1, 9, 0, 0, 0, time.UTC).AddDate(0, 0, b.draw(2500, "joined", index))
	method := "CREATED"
	if index != management && b.draw(10, "method", index) == 0 {
		method = "INVITED"
	}
	owner := inventory.Unit{Partition: partition, Account: id, Region: inventory.Global}
	b.addOf(owner, inventory.Account, id, facts{
		"account": doc{"Id": id, "Name": b.nameOf(index), "State": b.stateOf(index), "JoinedMethod": method,
			"Arn":             "arn:aws:organizations::" + accountID(management) + ":account/" + b.organizationID() + "/" + id,
			"JoinedTimestamp": joined.Format(time.RFC3339), "Paths": []string{b.pathOf(index)}},
		"tags": []doc{{"Key": "team", "Value": b.teamOf(index)},
			{"Key": "cost-center", "Value": fmt.Sprint(1000 + b.draw(50, "cost", index))}}})
}
