# METADATA
# title: Volumes that a launch makes of an image
# description: >-
#   What a launch says of a device goes over what its image says of the same device, field by field; NoDevice and instance
#   store take a device out (lib/volume_sources.rego).
# scope: package
package amiscan.lib.launch_volumes

import data.amiscan.lib.volume_sources
import data.amiscan.lib.volumes

# asked are the mappings that the launch itself brings.
asked(launch) := object.get(launch, ["data", "BlockDeviceMappings"], [])

# merged are the volumes that the launch makes of the image: device, Ebs (both laid over one another), and image and launch,
# what each of the two says.
merged(launch, image) := [volume |
	some pair in volume_sources.merged({
		"image_mappings": object.get(image, "BlockDeviceMappings", []),
		"mappings": asked(launch),
	})
	said := {"image": object.get(pair.image, "Ebs", {}), "launch": object.get(pair.launch, "Ebs", {})}
	volume := object.union(said, {
		"device": volume_sources.device(pair),
		"Ebs": object.union(said.image, said.launch),
	})
]

# encryption are the same volumes, each {"device", "snapshot", "encrypted": "true", "false", "unknown"}. Where nothing is
# certain of a snapshot, encryption by default still encrypts the volume.
encryption(launch, image, snapshots, account, by_default) := [told |
	some volume in volumes.made({
		"account": account,
		"encryption_by_default": by_default,
		"image_mappings": object.get(image, "BlockDeviceMappings", []),
		"mappings": asked(launch),
		"snapshots": snapshots,
	})
	told := {
		"device": volume.device,
		"snapshot": volume.snapshot,
		"encrypted": encrypted(volume, by_default),
	}
]

encrypted(volume, by_default) := [word |
	some word in ["true", "false", "unknown"]
	becomes(word, volume, by_default)
][0]

becomes("true", volume, _) if volume.encrypted == "true"

becomes("true", volume, _) if volume.asked

becomes("true", _, true)

becomes("false", volume, _) if volume.destination == "clear"

becomes("unknown", _, _)
