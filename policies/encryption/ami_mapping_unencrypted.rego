# METADATA
# title: AMI has an unencrypted EBS mapping
# description: >-
#   Judges each EBS mapping that has a snapshot, by the mapping's own Encrypted and, where that is missing, by the
#   snapshot's. A blank EBS mapping holds no data and its volume's encryption is decided at launch: it is not judged. Nor is
#   whether a launch would encrypt the volume (account default, launch template): the snapshot stays in the clear either way.
#   An image with a tag that clear_tags names is meant to be so and not applicable. A pending image is undecided.
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
#     Encryption can't be added to an image: use an encrypted copy. To share it, add --kms-key-id KEY_ID (customer managed):
#     aws ec2 copy-image --source-image-id IMAGE_ID --source-region REGION --region REGION --name NAME --encrypted
#     Then deregister it and delete its snapshots. In Packer, set encrypt_boot and, for further volumes, encrypted.
#   controls: [CIS-Compute-1.0.0/2.1.2]
#   params:
#     - name: clear_tags
#       type: list
#       default: []
#       meaning: keys of tags that mark images and snapshots which are meant to be in the clear
package amiscan.encryption.ami_mapping_unencrypted

import data.amiscan.lib.images
import data.amiscan.lib.mappings
import data.amiscan.lib.tags

applies if not meant

meant if tags.marked(input.image, data.params.clear_tags)

violation contains finding(mapping) if {
	applies
	some mapping in input.image.BlockDeviceMappings
	mapping.Ebs.SnapshotId
	clear(mapping)
}

clear(mapping) if mapping.Ebs.Encrypted == false

clear(mapping) if {
	not stated(mapping)
	says(input.snapshots, mapping.Ebs.SnapshotId, false)
}

undecided contains {"msg": msg, "subject": mappings.device(mapping)} if {
	some mapping in input.image.BlockDeviceMappings
	mapping.Ebs.SnapshotId
	not stated(mapping)
	not found(mapping.Ebs.SnapshotId)
	text := "%s: the mapping does not say whether it is encrypted, and its snapshot %s is not there to tell"
	msg := sprintf(text, [mappings.device(mapping), mapping.Ebs.SnapshotId])
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
	"msg": sprintf("%s: snapshot %s is not encrypted", [mappings.device(mapping), mapping.Ebs.SnapshotId]),
	"subject": mappings.device(mapping),
	"evidence": {"SnapshotId": mapping.Ebs.SnapshotId, "Encrypted": false},
}
