package link

import (
	"maps"

	"github.com/amiscan/amiscan/internal/inventory"
)

// How well a unit knows a key.
const (
	sawKey = iota
	describesKey
	knowsPolicy
	ownsKey
)

// witness is the unit that speaks for a key: a key that many accounts use is judged once, where it is known best. One that
// lies in an account without any use of its own is known from those who use it, as its own account told them.
type witness struct {
	knows int
	unit  string
}

// witnesses finds the witness of every key, about 200 bytes each.
type witnesses map[string]witness

func (w witnesses) see(part inventory.Part) {
	for _, r := range part.Resources {
		if r.Kind != inventory.KMSKey || !isKeyARN(r.ID) {
			continue
		}
		knows := knowledgeOf(part, r)
		if known, ok := w[r.ID]; !ok || knows > known.knows {
			w[intern(r.ID)] = witness{knows: knows, unit: intern(part.Account + "/" + part.Region)}
		}
	}
}

func knowledgeOf(part inventory.Part, r inventory.Resource) int {
	switch {
	case keyOwner(r.ID) == part.Account:
		return ownsKey
	case r.Fact(keyPolicyFact.Name).Status == inventory.Known:
		return knowsPolicy
	case r.Fact(keyFact.Name).Status == inventory.Known:
		return describesKey
	}
	return sawKey
}

// isJudgedElsewhere reports whether another unit speaks for a key.
func (ix *index) isJudgedElsewhere(r inventory.Resource) bool {
	known, ok := ix.world.witnesses[r.ID]
	return ok && r.Kind == inventory.KMSKey && known.unit != ix.part.Account+"/"+ix.part.Region
}

// speakForOwner makes the document of a key that no unit of its own account names one of that account, if the account was
// entered: what is known of the key was asked for there. Who else uses the key, this unit can't say.
func (ix *index) speakForOwner(d *Document) {
	r := d.Resource
	known, ok := ix.world.witnesses[r.ID]
	entered, seen := ix.world.doors[r.Account]
	if r.Kind != inventory.KMSKey || !ok || known.knows == ownsKey || r.Account == ix.part.Account || !seen || entered.gap != nil {
		return
	}
	d.Unit.Account = r.Account
	facts := maps.Clone(r.Facts)
	ix.hide(facts, audiencesFact)
	if ix.world.listing.of[r.Account] == "" || ix.world.listing.of[r.Account] != ix.world.listing.of[ix.part.Account] {
		ix.hide(facts, ref(inventory.KMSKey, organizationFact.Name))
	}
	d.Resource.Facts = facts
}

// hide makes a joined fact one that this unit can't tell.
func (ix *index) hide(facts map[string]inventory.Fact, of inventory.FactRef) {
	if _, joined := facts[of.Name]; joined {
		facts[of.Name] = ix.withAction(of, inventory.Fact{Status: inventory.NotVisible})
	}
}
