package link

import (
	"encoding/json"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// keyBudget bounds the bytes that are kept of the facts of keys: a few thousand keys with ordinary policies.
const keyBudget = 64 << 20

// ownedFacts are the facts that a key's own account is asked for.
var ownedFacts = []inventory.FactRef{keyFact, keyPolicyFact, grantsFact}

// keyRing holds what accounts know of their own keys, for those that use them from elsewhere. Of a key that its own account
// names nowhere, one that uses it knows the same, if it knows all: the key's account was asked. Whether somebody uses a key
// shows only when all parts were seen, so every customer managed key is kept until keyBudget is spent; then those go,
// oldest first, that nobody has named so far. A key that is not kept costs certainty alone.
type keyRing struct {
	named map[string]bool
	kept  map[string]ownedKey
	// order are the kept keys as they came.
	order []string
	bytes int
}

// ownedKey is the known facts of a key by their names.
type ownedKey struct {
	facts map[string]json.RawMessage
	// byOwner says that the key's own account said so in its own unit.
	byOwner bool
}

func (k ownedKey) isWhole() bool { return len(k.facts) == len(ownedFacts) }

// isBetter reports whether more is known of a key, or the same from its own account.
func (k ownedKey) isBetter(than ownedKey) bool {
	return len(k.facts) > len(than.facts) || len(k.facts) == len(than.facts) && k.byOwner && !than.byOwner
}

func (k ownedKey) size() int {
	size := 0
	for _, value := range k.facts {
		size += len(value)
	}
	return size
}

// see takes in the keys of a part: the account's own, and which of others it names.
func (k *keyRing) see(part inventory.Part) {
	if k.named == nil {
		k.named, k.kept = map[string]bool{}, map[string]ownedKey{}
	}
	for _, r := range part.Resources {
		switch {
		case r.Kind != inventory.KMSKey:
		case keyOwner(r.ID) == part.Account:
			k.keep(r.ID, ownedKeyOf(r, true))
		case isKeyARN(r.ID):
			k.named[intern(r.ID)] = true
			if used := ownedKeyOf(r, false); used.isWhole() {
				k.keep(r.ID, used)
			}
		}
	}
}

func ownedKeyOf(r inventory.Resource, byOwner bool) ownedKey {
	var view struct{ KeyManager string }
	if decode(r.Fact(keyFact.Name), &view); view.KeyManager == "AWS" {
		// An AWS managed key serves its own account alone (KMS Developer Guide, "AWS managed keys").
		return ownedKey{}
	}
	owned := ownedKey{facts: map[string]json.RawMessage{}, byOwner: byOwner}
	for _, of := range ownedFacts {
		if fact := r.Fact(of.Name); fact.Status == inventory.Known {
			owned.facts[of.Name] = fact.Value
		}
	}
	return owned
}

func (k *keyRing) keep(arn string, owned ownedKey) {
	known, twice := k.kept[arn]
	if !owned.isBetter(known) {
		return
	}
	if !twice {
		k.order = append(k.order, arn)
	}
	k.kept[arn] = owned
	if k.bytes += owned.size() - known.size(); k.bytes > keyBudget {
		k.shrink(keyBudget / 2)
	}
}

// shrink lets go of keys until only so many bytes are left: first of those that nobody named, then of the others.
func (k *keyRing) shrink(to int) {
	for _, spared := range []bool{true, false} {
		var rest []string
		for _, arn := range k.order {
			if k.bytes <= to || spared && k.named[arn] {
				rest = append(rest, arn)
				continue
			}
			k.bytes -= k.kept[arn].size()
			delete(k.kept, arn)
		}
		k.order = rest
	}
}

// findKey finds a fact of a key. Where the unit itself has no answer about another account's key, the owner's is taken.
func (ix *index) findKey(of inventory.FactRef, arn string) inventory.Fact {
	fact := ix.byID[of.Kind][arn].Fact(of.Name)
	owned := ix.world.keys.kept[arn].facts
	if fact.Status.IsAnswer() || keyOwner(arn) == ix.part.Account {
		return fact
	}
	value, known := owned[of.Name]
	if of == roleGrantsFact {
		value, known = grantsTo(ix.part.Account, owned[grantsFact.Name])
	}
	if !known {
		return fact
	}
	return inventory.Fact{Status: inventory.Known, Value: value, Derived: true}
}

// grantsTo returns those grants whose grantee is a service-linked role of the account: the owner was asked for the grants
// to its own ones.
func grantsTo(account string, all json.RawMessage) (json.RawMessage, bool) {
	var grants []json.RawMessage
	if all == nil || json.Unmarshal(all, &grants) != nil {
		return nil, false
	}
	theirs := []json.RawMessage{}
	for _, grant := range grants {
		var view struct{ GranteePrincipal string }
		_ = json.Unmarshal(grant, &view) // one without a readable grantee is to no role
		if strings.Contains(view.GranteePrincipal, ":"+account+":role/aws-service-role/") {
			theirs = append(theirs, grant)
		}
	}
	return joinList(theirs), true
}

// keyOwner reads the account from a key's ARN; empty for anything else.
func keyOwner(arn string) string {
	parts := strings.Split(arn, ":")
	if len(parts) < 6 {
		return ""
	}
	return parts[4]
}
