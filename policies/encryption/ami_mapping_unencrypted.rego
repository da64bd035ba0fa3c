# METADATA
# title: AMI has an unencrypted EBS mapping
# description: >-
#   Judges each EBS mapping that has a snapshot, by the mapping's own Encrypted and, where that is missing, by the
#   snapshot's. Instance-store mappings and NoDevice entries have no encryption. A blank EBS mapping (one without a
#   snapshot) holds no data and its volume's encryption is decided at launch: it is not judged. Nor is whether a launch
#   would encrypt the volume (account default, launch template): the snapshot stays in the clear either way. A pending
#   image may still lack mappings: it is undecided.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html
# custom:
#   severity: high
#   resource: ami
#   remediation: |-
#     Encryption can't be added to an image: use an encrypted copy instead.
#     If it is to be shared, add --kms-key-id KEY_ID (a customer managed key):
#     aws ec2 copy-image --source-image-id IMAGE_ID --source-region REGION --region REGION --name NAME --encrypted
#     Then deregister the image and delete its snapshots.
#     In the builder, switch encryption on (Packer: encrypt_boot and, for further volumes, encrypted).
#   controls: [CIS-Compute-1.0.0/2.1.2]
package amiscan.encryption.ami_mapping_unencrypted

import data.amiscan.lib.images

violation contains finding(mapping) if {
	some mapping in input.image.BlockDeviceMappings
	mapping.Ebs.SnapshotId
	mapping.Ebs.Encrypted == false
}

violation contains finding(mapping) if {
	some mapping in input.image.BlockDeviceMappings
	mapping.Ebs.SnapshotId
	not stated(mapping)
	says(input.snapshots, mapping.Ebs.SnapshotId, false)
}

undecided contains {"msg": msg, "subject": device(mapping)} if {
	some mapping in input.image.BlockDeviceMappings
	mapping.Ebs.SnapshotId
	not stated(mapping)
	not found(mapping.Ebs.SnapshotId)
	msg := sprintf(
		"%s: the mapping does not say whether it is encrypted, and its snapshot %s is not there to tell",
		[device(mapping), mapping.Ebs.SnapshotId],
	)
}

undecided contains {"msg": images.not_ready(input.image)} if images.pending(input.image)

stated(mapping) if is_boolean(mapping.Ebs.Encrypted)

found(id) if {
	some answer in [true, false]
	says(input.snapshots, id, answer)
}

# says holds when a snapshot with the id says that it is encrypted (true) or that it is not (false).
says(snapshots, id, answer) if {
	some snapshot in snapshots
	snapshot.SnapshotId == id
	snapshot.Encrypted == answer
}

finding(mapping) := {
	"msg": sprintf("%s: snapshot %s is not encrypted", [device(mapping), mapping.Ebs.SnapshotId]),
	"subject": device(mapping),
	"evidence": {"SnapshotId": mapping.Ebs.SnapshotId, "Encrypted": false},
}

# device names a mapping; one without a name must not drop out of sight.
device(mapping) := object.get(mapping, "DeviceName", "a mapping without a device name")
