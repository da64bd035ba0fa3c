package link

import (
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

var grantsFact = ref(inventory.KMSKey, "grants")

// imageKeyFact joins a fact of the keys that the snapshots of an image are encrypted under.
func imageKeyFact(
	name, meaning string, of inventory.FactRef, schema func(map[inventory.FactRef]Schema) Schema,
	value func(string, inventory.Fact) inventory.Fact,
) linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, name), Linked: true, Scope: inventory.ResourceScope,
			From: []inventory.FactRef{imageFact, snapshotFact, keyFact, of}, Meaning: meaning,
		},
		schema: schema,
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			return ix.overKeys(r, func(l *list, arn string) { l.add(of.Name, value(arn, ix.find(of, arn))) })
		},
	}
}

// imageKeys joins the keys that the snapshots of an image are encrypted under, and what decides who can use them.
func imageKeys() []linked {
	meaning := "The keys of the snapshots that the image maps"
	return []linked{
		imageKeyFact("keys", meaning+"; one that is not in the list does not exist.", keyFact, listOf(keyFact), plainValue),
		imageKeyFact("key_policies", meaning+", with their key policies.", keyPolicyFact,
			besideARN("Policy", keyPolicyFact), besideKey("Policy")),
		imageKeyFact("key_grants", meaning+", with all their grants.", grantsFact,
			besideARN("Grants", grantsFact), besideKey("Grants")),
	}
}

// overKeys builds a list over the distinct keys of the snapshots that an image maps.
func (ix *index) overKeys(r inventory.Resource, each func(l *list, arn string)) inventory.Fact {
	var seen []string
	return ix.overSnapshots(r, func(l *list, id string) {
		var snapshot struct {
			KmsKeyID string `json:"KmsKeyId"`
		}
		l.need("snapshot", ix.read(snapshotFact, ix.find(snapshotFact, id), &snapshot))
		if snapshot.KmsKeyID != "" && !slices.Contains(seen, snapshot.KmsKeyID) {
			seen = append(seen, snapshot.KmsKeyID)
			each(l, snapshot.KmsKeyID)
		}
	})
}

// snapshotKeys joins the key that a snapshot is encrypted under.
func snapshotKeys() linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.Snapshot, "keys"), Linked: true, Scope: inventory.ResourceScope,
			From:    []inventory.FactRef{snapshotFact, keyFact},
			Meaning: "The key of the snapshot, as a list of at most one; empty where there is none or it does not exist.",
		},
		schema: listOf(keyFact),
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			l := &list{unit: r.Unit}
			var snapshot struct {
				KmsKeyID string `json:"KmsKeyId"`
			}
			l.need("snapshot", ix.read(snapshotFact, r.Fact("snapshot"), &snapshot))
			if snapshot.KmsKeyID != "" {
				l.add("key", ix.find(keyFact, snapshot.KmsKeyID))
			}
			return l.fact()
		},
	}
}
