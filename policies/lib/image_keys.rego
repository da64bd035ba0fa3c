# METADATA
# title: Keys of an image's snapshots, and whom the image is shared with
# scope: package
package amiscan.lib.image_keys

import data.amiscan.lib.trust

# arns are the keys that the image's snapshots are encrypted under: a snapshot that names a key is, unless it says otherwise.
arns(image, snapshots) := {snapshot.KmsKeyId |
	some mapping in image.BlockDeviceMappings
	some snapshot in snapshots
	snapshot.SnapshotId == mapping.Ebs.SnapshotId
	object.get(snapshot, "Encrypted", null) != false
}

# hidden are the snapshots that the image maps as encrypted, of which nothing says under which key.
hidden(image, snapshots) := {mapping.Ebs.SnapshotId |
	some mapping in image.BlockDeviceMappings
	object.get(mapping.Ebs, "Encrypted", null) != false
	not tells(snapshots, mapping.Ebs.SnapshotId)
}

tells(snapshots, id) if {
	some snapshot in snapshots
	snapshot.SnapshotId == id
	snapshot.KmsKeyId
}

tells(snapshots, id) if {
	some snapshot in snapshots
	snapshot.SnapshotId == id
	snapshot.Encrypted == false
}

# key is the one of the list; of one that is not there nothing but the ARN is known.
key(keys, arn) := array.concat([found | some found in keys; found.Arn == arn], [{"Arn": arn}])[0]

# beside is the field that goes with the ARN in a list such as key_policies, or null.
beside(list, arn, field) := array.concat([item[field] | some item in list; item.Arn == arn], [null])[0]

# grantees are those that may launch, the owner and everybody apart, each with its name and as a principal.
grantees(permissions, owner, partition, region) := {{"name": name, "permission": permission, "principal": principal} |
	some permission in permissions
	some type, name in {
		"account": object.get(permission, "UserId", owner),
		"organization": object.get(permission, "OrganizationArn", owner),
		"ou": object.get(permission, "OrganizationalUnitArn", owner),
	}
	name != owner
	principal := object.union({"partition": partition, "region": region}, object.union({"type": type}, identity(type, name)))
}

identity(type, name) := object.get({"account": {"account": name}}, type, object.union(organization, ou)) if {
	organization := {"organization": id | id := trust.organization_id(name)}
	ou := {"ou": id | id := trust.ou_id(name)}
}
