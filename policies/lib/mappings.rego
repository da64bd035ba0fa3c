# METADATA
# title: What an image maps
# description: >-
#   A block device mapping of an image names an EBS volume (with a snapshot or blank), an instance-store volume, or
#   removes a device (NoDevice). What is read of snapshots and keys is handed in, so that a policy reads it by name.
# scope: package
package amiscan.lib.mappings

# ebs are the mappings of EBS volumes.
ebs(image) := [mapping |
	some mapping in image.BlockDeviceMappings
	is_object(mapping.Ebs)
	not is_removed(mapping)
]

# from_snapshot are the mappings of EBS volumes that are made of a snapshot.
from_snapshot(image) := [mapping |
	some mapping in ebs(image)
	mapping.Ebs.SnapshotId
]

# encrypted are those of them that are encrypted or do not say whether they are.
encrypted(image) := [mapping |
	some mapping in from_snapshot(image)
	not is_clear(mapping)
]

# device names a mapping; one without a name must not drop out of sight.
device(mapping) := object.get(mapping, "DeviceName", "a mapping without a device name")

# is_root holds for the mapping of the image's root device.
is_root(mapping, image) if mapping.DeviceName == image.RootDeviceName

# tells_key holds when the snapshot with the id is there and says which key it is encrypted under, or that it is not
# encrypted.
tells_key(snapshots, id) if {
	some snapshot in snapshots
	snapshot.SnapshotId == id
	has_key(snapshot)
}

# has_key holds for a snapshot that says which key it is encrypted under, or that it is not encrypted.
has_key(snapshot) if snapshot.KmsKeyId

has_key(snapshot) if snapshot.Encrypted == false

# without_key says that the key of a mapping cannot be told.
without_key(mapping) := {
	"msg": sprintf(
		"%s: snapshot %s is not in this account, or does not say which key it is encrypted under",
		[device(mapping), mapping.Ebs.SnapshotId],
	),
	"subject": device(mapping),
}

is_removed(mapping) if is_string(mapping.NoDevice)

is_clear(mapping) if mapping.Ebs.Encrypted == false
