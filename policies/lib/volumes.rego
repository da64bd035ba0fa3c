# METADATA
# title: Volumes that a launch makes, and their keys
# description: >-
#   A launch is {"image_mappings", "mappings" (of the template or request), "snapshots", "account", "default_key" and
#   "encryption_by_default" of that account in the Region}; null is what is not known. A mapping of the launch goes over the
#   image's of the same device. Left out are NoDevice and instance store. Encryption is asked for in the launch alone: what
#   an image's mapping says of its snapshot is no request, only what it says of a blank volume is one. Encryption cannot be
#   taken off, and a snapshot that was shared becomes a volume under the launcher's default key unless another is named.
# scope: package
package amiscan.lib.volumes

import data.amiscan.lib.certainty
import data.amiscan.lib.volume_sources

# made are the volumes: device, snapshot (null for a blank volume), encrypted and owned ("true", "false", "unknown": the
# snapshot, by the launcher), source_key (the key that the snapshot is read with, or null) and destination: "clear",
# "refused", "unknown" or {"key": ARN or as written; null when not known}, with "default": true for the account's own.
made(launch) := [object.union(volume, {"destination": destination(launch, volume)}) |
	some mapping in volume_sources.merged(launch)
	volume := volume_sources.volume(mapping, launch)
]

destination(launch, volume) := object.get(destinations, certainty.pick(order, words, "unknown"), "unknown") if {
	order := ["refused", "asked", "own", "default", "clear"]
	words := {word | some word in order; goes(word, launch, volume)}
	destinations := {
		"refused": "refused",
		"clear": "clear",
		"asked": {"key": volume.asked_key},
		"own": {"key": volume.source_key},
		"default": {"key": object.get(launch, "default_key", null), "default": true},
	}
}

goes("refused", _, volume) if {
	volume.asked_key != null
	not volume.asked
}

goes("asked", _, volume) if {
	volume.asked_key != null
	volume.asked
}

goes("own", _, volume) if {
	volume.asked_key == null
	volume.encrypted == "true"
	volume.owned == "true"
}

goes("default", _, volume) if {
	volume.asked_key == null
	volume.encrypted == "true"
	volume.owned == "false"
}

goes("default", launch, volume) if {
	volume.asked_key == null
	volume.encrypted == "false"
	encrypts(launch, volume)
}

goes("clear", launch, volume) if {
	volume.asked_key == null
	volume.encrypted == "false"
	not volume.asked
	launch.encryption_by_default == false
}

encrypts(_, volume) if volume.asked

encrypts(launch, _) if launch.encryption_by_default == true
