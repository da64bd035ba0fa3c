# METADATA
# title: AMI's volumes are encrypted under different keys or only in part
# description: >-
#   Compares each mapped snapshot with that of the root device: all should be under one key, or none. To share such an
#   image, every key must be opened; where one is forgotten, or a part stays in the clear, launches fail or data leaks in
#   part. Images of AWS Backup and Data Lifecycle Manager repeat the instance that they were made of and are not
#   applicable; nor are those that are neither available nor pending, or whose root device has no snapshot. Blank volumes
#   hold no data. A mapping whose snapshot can't be found, and a pending image, are undecided.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html
# custom:
#   severity: medium
#   resource: ami
#   remediation: |-
#     Use a copy of the image: it is under one key as a whole.
#     aws ec2 copy-image --source-image-id IMAGE_ID --source-region REGION --region REGION --name NAME --encrypted --kms-key-id KEY_ARN
#     Then deregister this image and delete its snapshots.
#   controls: []
package amiscan.encryption.ami_keys_mixed

import data.amiscan.lib.backups
import data.amiscan.lib.images
import data.amiscan.lib.mappings

applies if {
	images.upcoming(input.image)
	not backups.made(input.image)
	some mapping in mappings.from_snapshot(input.image)
	mappings.is_root(mapping, input.image)
}

violation contains {"msg": msg, "subject": other.device, "evidence": evidence} if {
	some root in protected
	root.is_root
	some other in protected
	other.key != root.key
	msg := sprintf("%s is under %s, the root device under %s", [other.device, other.key, root.key])
	evidence := {"root": root.key, "other": other.key}
}

undecided contains mappings.without_key(mapping) if {
	applies
	not images.pending(input.image)
	some mapping in mappings.from_snapshot(input.image)
	not told(mapping.Ebs.SnapshotId)
}

undecided contains {"msg": images.not_ready(input.image)} if {
	applies
	images.pending(input.image)
}

# protected says under which key each mapped snapshot is.
protected contains {"device": mappings.device(mapping), "key": key, "is_root": root} if {
	applies
	not images.pending(input.image)
	some mapping in mappings.from_snapshot(input.image)
	some snapshot in input.snapshots
	snapshot.SnapshotId == mapping.Ebs.SnapshotId
	mappings.has_key(snapshot)
	key := object.get(snapshot, "KmsKeyId", "no key")
	root := count([1 | mappings.is_root(mapping, input.image)]) > 0
}

told(id) if mappings.tells_key(input.snapshots, id)
