package link

import (
	"encoding/json"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

var (
	imageFact       = ref(inventory.AMI, "image")
	foreignFact     = ref(inventory.ForeignImage, "image")
	snapshotFact    = ref(inventory.Snapshot, "snapshot")
	permissionsFact = ref(inventory.Snapshot, "snapshot_permissions")
	keyFact         = ref(inventory.KMSKey, "key")
	organization    = ref(inventory.Settings, "organization")
)

// imageSnapshots joins the snapshots that an image maps.
func imageSnapshots() linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, "snapshots"), Linked: true, Scope: inventory.ResourceScope,
			From:    []inventory.FactRef{imageFact, snapshotFact},
			Meaning: "The snapshots that the image maps; one that is not in the list does not exist in this account.",
		},
		schema: listOf(snapshotFact),
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			return ix.overSnapshots(r, func(l *list, id string) { l.add("snapshot", ix.find(snapshotFact, id)) })
		},
	}
}

// imageSnapshotPermissions joins to whom the snapshots of an image are open.
func imageSnapshotPermissions() linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, "snapshot_permissions"), Linked: true, Scope: inventory.ResourceScope,
			From:    []inventory.FactRef{imageFact, permissionsFact},
			Meaning: "To whom the snapshots that the image maps are open: one entry a snapshot.",
		},
		schema: func(own map[inventory.FactRef]Schema) Schema {
			return Schema{"type": "array", "items": Schema{
				"type": "object", "additionalProperties": false, "properties": Schema{
					"SnapshotId": Schema{"type": "string"}, "CreateVolumePermissions": own[permissionsFact],
				},
			}}
		},
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			return ix.overSnapshots(r, func(l *list, id string) {
				l.add("snapshot_permissions", withID(id, ix.find(permissionsFact, id)))
			})
		},
	}
}

// withID puts the snapshot's id beside its permissions.
func withID(id string, fact inventory.Fact) inventory.Fact {
	if fact.Status == inventory.Known {
		fact.Value, _ = json.Marshal(map[string]any{"SnapshotId": id, "CreateVolumePermissions": fact.Value})
	}
	return fact
}

// imageKeys joins the keys that the snapshots of an image are encrypted under.
func imageKeys() linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, "keys"), Linked: true, Scope: inventory.ResourceScope,
			From:    []inventory.FactRef{imageFact, snapshotFact, keyFact},
			Meaning: "The keys of the snapshots that the image maps; one that is not in the list does not exist.",
		},
		schema: listOf(keyFact),
		build:  func(ix *index, r inventory.Resource) inventory.Fact { return ix.keysOf(r) },
	}
}

func (ix *index) keysOf(r inventory.Resource) inventory.Fact {
	var seen []string
	return ix.overSnapshots(r, func(l *list, id string) {
		var snapshot struct {
			KmsKeyID string `json:"KmsKeyId"`
		}
		l.need("snapshot", ix.read(snapshotFact, ix.find(snapshotFact, id), &snapshot))
		if snapshot.KmsKeyID != "" && !slices.Contains(seen, snapshot.KmsKeyID) {
			seen = append(seen, snapshot.KmsKeyID)
			l.add("key", ix.find(keyFact, snapshot.KmsKeyID))
		}
	})
}

// overSnapshots builds a list over the snapshots that an image maps. An image that is not known maps nobody knows what.
func (ix *index) overSnapshots(r inventory.Resource, each func(l *list, id string)) inventory.Fact {
	l := &list{unit: r.Unit}
	var view imageView
	l.need("image", ix.read(imageFact, r.Fact("image"), &view))
	for _, id := range view.snapshotIDs() {
		each(l, id)
	}
	return l.fact()
}

// imageOrganization hands the image's unit its own organization.
func imageOrganization() linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, "organization"), Linked: true, Scope: inventory.ResourceScope,
			From: []inventory.FactRef{organization}, Meaning: "The organization that the owner's account is in.",
		},
		schema: func(own map[inventory.FactRef]Schema) Schema { return own[organization] },
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			settings := ix.byID[inventory.Settings][r.Account+"/"+r.Region]
			return ix.withAction(organization, settings.Fact("organization"))
		},
	}
}
