package link

import (
	"encoding/json"

	"github.com/amiscan/amiscan/internal/inventory"
)

var (
	imageFact       = ref(inventory.AMI, "image")
	foreignFact     = ref(inventory.ForeignImage, "image")
	snapshotFact    = ref(inventory.Snapshot, "snapshot")
	permissionsFact = ref(inventory.Snapshot, "snapshot_permissions")
	keyFact         = ref(inventory.KMSKey, "key")
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

// snapshotImages joins the own images that map a snapshot, and to whom each is open.
func snapshotImages() linked {
	permissions := ref(inventory.AMI, "launch_permissions")
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.Snapshot, "image_audiences"), Linked: true, Scope: inventory.UnitScope,
			From:    []inventory.FactRef{imageFact, permissions},
			Meaning: "The own images that map the snapshot, and to whom each is open.",
		},
		schema: audienceSchema,
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			l := &list{unit: r.Unit}
			l.need(imageFact.Name, ix.absence(imageFact))
			for _, image := range ix.mappedBy[r.ID] {
				l.add(permissions.Name, ix.audienceOf(image))
			}
			return l.fact()
		},
	}
}

func audienceSchema(own map[inventory.FactRef]Schema) Schema {
	return Schema{"type": "array", "items": Schema{
		"type": "object", "additionalProperties": false, "properties": Schema{
			"ImageId": Schema{"type": "string"}, "LaunchPermissions": own[ref(inventory.AMI, "launch_permissions")],
		},
	}}
}

// audienceOf is to whom an own image is open, with its id beside it.
func (ix *index) audienceOf(image string) inventory.Fact {
	permissions := ref(inventory.AMI, "launch_permissions")
	fact := ix.withAction(permissions, ix.byID[inventory.AMI][image].Fact(permissions.Name))
	if fact.Status == inventory.Known {
		fact.Value, _ = json.Marshal(map[string]any{"ImageId": image, "LaunchPermissions": fact.Value})
	}
	return fact
}
