# METADATA
# title: What the volumes of a launch are made from
# scope: package
package amiscan.lib.volume_sources

import data.amiscan.lib.certainty

# merged pairs the mappings that make a volume: the image's with what the launch says of the same device.
merged(launch) := array.concat(changed, added) if {
	devices := {mapping.DeviceName | some mapping in launch.image_mappings}
	changed := [{"image": mapping, "launch": over} |
		some mapping in launch.image_mappings
		over := object.union_n([other | some other in launch.mappings; other.DeviceName == mapping.DeviceName])
		is_volume(mapping, over)
	]
	added := [{"image": {}, "launch": mapping} |
		some mapping in launch.mappings
		not object.get(mapping, "DeviceName", "") in devices
		is_volume({}, mapping)
	]
}

is_volume(_, over) if {
	is_object(over.Ebs)
	not says(over, "NoDevice")
}

is_volume(mapping, over) if {
	is_object(mapping.Ebs)
	not says(mapping, "NoDevice")
	not says(over, "NoDevice")
	not says(over, "VirtualName")
}

says(mapping, field) if is_string(mapping[field])

# volume is what one mapping of an image, with what the launch says of it, asks for and from which snapshot.
volume(mapping, launch) := {
	"device": device(mapping),
	"snapshot": id,
	"encrypted": certainty.pick(["true", "false"], told, "unknown"),
	"owned": certainty.pick(["true", "false"], {word | some s in found; word := same(s.OwnerId, launch.account)}, "unknown"),
	"source_key": array.concat([s.KmsKeyId | some s in found; s.Encrypted], [null])[0],
	"asked": object.get(requested, "Encrypted", false) == true,
	"asked_key": object.get(requested, "KmsKeyId", null),
} if {
	whole := object.union(object.get(mapping.image, "Ebs", {}), object.get(mapping.launch, "Ebs", {}))
	id := object.get(whole, "SnapshotId", null)
	requested := object.get({null: whole}, id, object.get(mapping.launch, "Ebs", {}))
	found := [s | some s in launch.snapshots; s.SnapshotId == id]
	told := {word | some s in found; word := same(s.Encrypted, true)} | said_by_mapping(mapping, id, found)
}

# said_by_mapping is what the image says of a snapshot that is not there to tell. A blank volume has none to be encrypted.
said_by_mapping(mapping, id, found) := {word |
	count(found) == 0
	some word in [object.get({null: "false"}, id, said)]
} if {
	said := concat("", {same(mapping.image.Ebs.Encrypted, true) | mapping.image.Ebs.SnapshotId == id})
}

device(mapping) := object.get(object.union(mapping.launch, mapping.image), "DeviceName", "a device without a name")

same(a, b) := sprintf("%v", [a == b])
