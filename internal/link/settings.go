package link

import (
	"encoding/json"

	"github.com/amiscan/amiscan/internal/inventory"
)

// defaultKeyFactOf joins a fact of the key that EBS uses where nobody names one, as a list of at most one.
func defaultKeyFactOf(
	name, meaning string, of inventory.FactRef, schema func(map[inventory.FactRef]Schema) Schema,
	value func(string, inventory.Fact) inventory.Fact,
) linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.Settings, name), Linked: true, Scope: inventory.UnitScope,
			From: []inventory.FactRef{defaultKeyFact, targetFact, keyFact, of}, Meaning: meaning,
		},
		schema: schema,
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			l := &list{unit: r.Unit}
			for _, arn := range ix.resolveKeys([]string{ix.defaultKey(l)}, l) {
				l.add(of.Name, value(arn, ix.find(of, arn)))
			}
			return l.fact()
		},
	}
}

// defaultKeys joins what decides whether the EBS default key can be used.
func defaultKeys() []linked {
	meaning := "The key that EBS encrypts with where nobody names one"
	return []linked{
		defaultKeyFactOf("default_keys", meaning+"; an empty list where it does not exist.", keyFact, listOf(keyFact), plainValue),
		defaultKeyFactOf("default_key_policies", meaning+", with its key policy.", keyPolicyFact,
			besideARN("Policy", keyPolicyFact), besideKey("Policy")),
		defaultKeyFactOf("default_key_service_role_grants", meaning+", with its grants to the service roles that launch.",
			roleGrantsFact, besideARN("Grants", roleGrantsFact), besideKey("Grants")),
	}
}

// launchingRoles joins the service-linked roles that launch instances for the unit's groups and fleets.
func launchingRoles() linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.Settings, "launching_roles"), Linked: true, Scope: inventory.UnitScope,
			From:    []inventory.FactRef{groupFact, fleetFact, spotFleetFact},
			Meaning: "The service-linked roles that launch for the account's Auto Scaling groups and fleets, by ARN.",
		},
		schema: func(map[inventory.FactRef]Schema) Schema {
			return Schema{"type": "array", "items": Schema{"type": "string"}}
		},
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			l := &list{unit: r.Unit}
			for _, listing := range []inventory.FactRef{groupFact, fleetFact, spotFleetFact} {
				l.need(listing.Name, ix.absence(listing))
			}
			for _, other := range ix.part.Resources {
				ix.addRoles(l, other)
			}
			return l.fact()
		},
	}
}

// addRoles adds the roles that launch for a group or fleet, each once.
func (ix *index) addRoles(l *list, r inventory.Resource) {
	for _, role := range ix.launchingRolesOf(r, l) {
		text, _ := json.Marshal(role) // a string always encodes
		l.addOnce(text)
	}
}

func (ix *index) launchingRolesOf(r inventory.Resource, l *list) []string {
	switch r.Kind {
	case inventory.AutoScalingGroup:
		var group groupView
		l.need(groupFact.Name, ix.read(groupFact, r.Fact(groupFact.Name), &group))
		return group.serviceRoles()
	case inventory.EC2Fleet:
		var fleet fleetView
		l.need(fleetFact.Name, ix.read(fleetFact, r.Fact(fleetFact.Name), &fleet))
		return fleet.serviceRoles(r.Unit)
	case inventory.SpotFleet:
		var fleet spotFleetView
		l.need(spotFleetFact.Name, ix.read(spotFleetFact, r.Fact(spotFleetFact.Name), &fleet))
		return fleet.serviceRoles(r.Unit)
	}
	return nil
}
