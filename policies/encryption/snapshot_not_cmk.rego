# METADATA
# title: EBS snapshot is encrypted under the AWS managed key
# description: >-
#   Judges encrypted snapshots by their key: under the AWS managed key aws/ebs a snapshot can be shared with nobody and
#   copied by nobody else, and the key's policy can't be changed. Snapshots in the clear are left to
#   encryption/snapshot-unencrypted, keys that do not exist any more to encryption/kms-key-pending-deletion. A key that
#   KMS does not call AWS's or the customer's is undecided.
# scope: package
# schemas:
#   - input: schema.snapshot
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
# custom:
#   severity: low
#   resource: snapshot
#   default: false
#   remediation: |-
#     A snapshot can't change its key. Copy it under a customer managed key, and use the copy:
#     aws ec2 copy-snapshot --source-region REGION --source-snapshot-id SNAPSHOT_ID --encrypted --kms-key-id KEY_ARN
#   controls: []
package amiscan.encryption.snapshot_not_cmk

applies if input.snapshot.Encrypted == true

violation contains {"msg": msg, "evidence": {"KmsKeyId": key.Arn}} if {
	some key in input.keys
	key.KeyManager == "AWS"
	msg := "the snapshot is encrypted under the AWS managed key: it can be shared with nobody"
}

undecided contains {"msg": "KMS does not say who manages the key"} if {
	some key in input.keys
	not managed(key)
}

managed(key) if key.KeyManager in {"AWS", "CUSTOMER"}
