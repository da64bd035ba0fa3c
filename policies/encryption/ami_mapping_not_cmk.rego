# METADATA
# title: AMI mapping is encrypted under an AWS managed key
# description: >-
#   Judges the key of each encrypted snapshot that the image maps: one that AWS manages (aws/ebs) can't be shared, its
#   policy can't be changed, and its use can't be withdrawn. Mappings that are not encrypted are left to
#   encryption/ami-mapping-unencrypted, keys of another account or Region to encryption/ami-key-foreign. A mapping whose
#   snapshot or key can't be found is undecided, and so is a key of which KMS does not say who manages it.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html
# custom:
#   severity: medium
#   resource: ami
#   remediation: |-
#     The key of a snapshot can't be changed: use a copy of the image under a customer managed key instead.
#     aws ec2 copy-image --source-image-id IMAGE_ID --source-region REGION --region REGION --name NAME --encrypted --kms-key-id KEY_ARN
#     Then deregister this image and delete its snapshots.
#     Make that key the default in the Region, so that the builder uses it:
#     aws ec2 modify-ebs-default-kms-key-id --kms-key-id KEY_ARN
#   controls: []
#   default: false
package amiscan.encryption.ami_mapping_not_cmk

import data.amiscan.lib.mappings

violation contains {"msg": msg, "subject": device, "evidence": evidence} if {
	some mapping in mappings.encrypted(input.image)
	some snapshot in input.snapshots
	snapshot.SnapshotId == mapping.Ebs.SnapshotId
	some key in input.keys
	key.Arn == snapshot.KmsKeyId
	key.KeyManager == "AWS"
	device := mappings.device(mapping)
	msg := sprintf("%s: snapshot %s is encrypted under a key that AWS manages", [device, snapshot.SnapshotId])
	evidence := {"SnapshotId": snapshot.SnapshotId, "KmsKeyId": key.Arn}
}

undecided contains {"msg": msg, "subject": device} if {
	some mapping in mappings.encrypted(input.image)
	some snapshot in input.snapshots
	snapshot.SnapshotId == mapping.Ebs.SnapshotId
	arn := snapshot.KmsKeyId
	not managed(arn)
	device := mappings.device(mapping)
	msg := sprintf("%s: KMS does not tell who manages the key %s", [device, arn])
}

undecided contains mappings.without_key(mapping) if {
	some mapping in mappings.encrypted(input.image)
	not told(mapping.Ebs.SnapshotId)
}

told(id) if mappings.tells_key(input.snapshots, id)

managed(arn) if {
	some key in input.keys
	key.Arn == arn
	key.KeyManager in {"AWS", "CUSTOMER"}
}
