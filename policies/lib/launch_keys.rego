# METADATA
# title: Keys that a launch names for its volumes
# description: >-
#   A volume's KmsKeyId is a key's id or ARN, or an alias or its ARN. Names that are no ARNs mean keys of the launching
#   account and Region.
# scope: package
package amiscan.lib.launch_keys

import data.amiscan.lib.keys

# named are the launch's own mappings that make a volume under a key of the launch's choice.
named(launch) := [mapping |
	some mapping in launch.data.BlockDeviceMappings
	mapping.Ebs.KmsKeyId != ""
	not left_out(mapping)
]

left_out(mapping) if is_string(mapping.NoDevice)

# refusals are what stands against a mapping whatever its key is like.
refusals(mapping, own_region) := array.concat(
	["without Encrypted set to true: EC2 refuses the launch" | not mapping.Ebs.Encrypted],
	["which is of another Region: the launch fails" | not is_here(mapping.Ebs.KmsKeyId, own_region)],
)

# is_here holds for a name that means a key of the Region, or may: saved output does not always tell its own.
is_here(name, own_region) if region(name, own_region) == own_region

is_here(_, own_region) if own_region == "unknown"

# region is the Region whose key the name means, owner the account; the launch's own where the name does not tell.
region(name, own) := part(name, 3, own)

owner(name, own) := part(name, 4, own)

# An ARN is arn:PARTITION:kms:REGION:ACCOUNT:key/ID or …:alias/NAME.
part(name, i, own) := array.concat([text | startswith(name, "arn:"); text := split(name, ":")[i]], [own])[0]

# meant are the keys of the list that the name leads to: one, or none.
meant(name, list, key_names) := [key |
	some key in list
	key.Arn in ({name} | {entry.Arn | some entry in key_names; entry.KmsKeyId == name})
]

# obstacles are what stands against a key where it is used, as in lib.keys. Saved output does not always tell account and
# Region: then the key's own stand in, and whether they are the same stays open.
obstacles(key, place) := array.concat(keys.obstacles(key, whereabouts), doubts) if {
	parts := split(key.Arn, ":")
	whereabouts := {
		"account": object.get({"unknown": parts[4]}, place.account, place.account),
		"region": object.get({"unknown": parts[3]}, place.region, place.region),
	}
	doubts := [{"access": "undecided", "reason": "whether it is of this account and Region is not known"} |
		whereabouts != place
	]
}
