# METADATA
# title: EBS snapshot is not encrypted
# description: >-
#   Judges every snapshot that the account owns, whoever made it: AWS Backup and Data Lifecycle Manager among them. A
#   snapshot in the clear can be made public, and whoever it is shared with needs no key to read it. Whether a volume
#   made of it would be encrypted is not judged: the snapshot stays in the clear either way. A snapshot with a tag that
#   the params name is meant to be in the clear and not applicable. One that does not say whether it is encrypted is
#   undecided.
# scope: package
# schemas:
#   - input: schema.snapshot
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html
# custom:
#   severity: high
#   resource: snapshot
#   remediation: |-
#     A snapshot can't be encrypted; keep an encrypted copy instead and delete it:
#     aws ec2 copy-snapshot --source-snapshot-id SNAPSHOT_ID --source-region REGION --encrypted --kms-key-id KEY_ARN
#     aws ec2 delete-snapshot --snapshot-id SNAPSHOT_ID
#     If an image maps it, copy the image encrypted instead. For what is to come, in the Region:
#     aws ec2 enable-ebs-encryption-by-default
#     It does not encrypt snapshots of volumes that are in the clear already.
#   controls:
#     - CIS-Compute-1.0.0/2.2.3
#     - PCI-DSS-4.0/3.5.1
#     - PCI-DSS-4.0/8.3.2
#   params:
#     - name: clear_tags
#       type: list
#       default: []
#       meaning: keys of tags that mark images and snapshots which are meant to be in the clear
package amiscan.encryption.snapshot_unencrypted

import data.amiscan.lib.tags

applies if not meant

meant if tags.marked(input.snapshot, data.params.clear_tags)

violation contains {"msg": msg, "evidence": {"Encrypted": false}} if {
	applies
	input.snapshot.Encrypted == false
	msg := "the snapshot is not encrypted: whoever may read it needs no key"
}

undecided contains {"msg": "the snapshot does not say whether it is encrypted"} if {
	input.snapshot
	not stated
}

stated if is_boolean(input.snapshot.Encrypted)
