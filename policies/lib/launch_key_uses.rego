# METADATA
# title: Keys that the volumes of a launch need
# description: >-
#   A volume needs the key of its snapshot ("source") and its own ("destination"), which may be the same. Left out are the
#   account's default key where nobody names it (account/ebs-default-key-unusable), what EC2 refuses to launch, and own keys
#   and names that lead to no key: other policies speak of those.
# scope: package
package amiscan.lib.launch_key_uses

import data.amiscan.lib.keys
import data.amiscan.lib.launch_keys
import data.amiscan.lib.launch_snapshots
import data.amiscan.lib.launch_volumes
import data.amiscan.lib.volumes

# made are the volumes, as in lib.volumes. Encryption by default has no say in which keys but the default one are needed.
made(launch, image, snapshots, account) := [volume |
	some volume in volumes.made({
		"account": account,
		"encryption_by_default": null,
		"image_mappings": object.get(image, "BlockDeviceMappings", []),
		"mappings": launch_volumes.asked(launch),
		"snapshots": snapshots,
	})
	volume.destination != "refused"
]

# needs are the keys of such volumes, each once: key (what KMS says of it, or its ARN alone), use and devices.
needs(volumes_made, listed, names, account) := [need |
	uses := [{"key": key, "use": use, "device": volume.device} |
		some volume in volumes_made
		some use in ["source", "destination"]
		key := found(named(volume, use), listed, names, account)
	]
	some key in {one.key | some one in uses}
	of_key := [one | some one in uses; one.key == key]
	need := {
		"key": key,
		"use": {true: "destination", false: "source"}["destination" in {one.use | some one in of_key}],
		"devices": sort({one.device | some one in of_key}),
	}
]

# hidden are the volumes from a snapshot that may be encrypted, nobody here sees under which key. A snapshot that is gone is
# left to launch/lt-mapping-snapshot-gone.
hidden(volumes_made, launch, image, snapshots, account) := [volume |
	some volume in volumes_made
	volume.source_key == null
	volume.encrypted != "false"
	not gone(volume.snapshot, launch, image, snapshots, account)
]

# The default key was not handed in, and is null.
named(volume, use) := object.get({"source": volume.source_key, "destination": destination}, use, null) if {
	destination := array.concat([key | key := volume.destination.key], [null])[0]
}

# found is the key that a name leads to. Of another account's key its ARN is enough: KMS need not show it.
found(name, listed, names, account) := array.concat(launch_keys.meant(name, listed, names), [{"Arn": name} |
	is_string(name)
	keys.is_named({"Arn": name})
	split(name, ":")[4] != account
])[0]

gone(id, _, image, snapshots, account) if {
	not launch_snapshots.listed(snapshots, id)
	image.OwnerId == account
}

gone(id, launch, _, snapshots, _) if {
	not launch_snapshots.listed(snapshots, id)
	some volume in launch_snapshots.named(launch)
	volume.Ebs.SnapshotId == id
}
