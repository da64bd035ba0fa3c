# METADATA
# title: AMI is encrypted under a KMS key of another account or Region
# description: >-
#   Judges the key of each encrypted snapshot that the image maps, by the account and the Region in its ARN: one edit of
#   that key's policy, or its deletion, takes the image away, and the image's owner can neither see nor prevent it. Keys
#   of accounts that the params trust, such as one that holds an organization's keys, pass; a key of another Region never
#   does. Mappings that are not encrypted are left to encryption/ami-mapping-unencrypted. A mapping whose snapshot can't
#   be found, and a key that is not named by ARN, are undecided.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html
# custom:
#   severity: high
#   resource: ami
#   remediation: |-
#     Where the account is to be trusted, add the line of the message to amiscan.yaml.
#     Otherwise use a copy of the image under a key of this account:
#     aws ec2 copy-image --source-image-id IMAGE_ID --source-region REGION --region REGION --name NAME --encrypted --kms-key-id KEY_ARN
#     Then deregister this image and delete its snapshots.
#   controls: []
#   params:
#     - name: trusted_accounts
#       type: list
#       default: []
#       meaning: ids of accounts that images, snapshots and keys may be shared with
package amiscan.encryption.ami_key_foreign

import data.amiscan.lib.mappings

violation contains finding(entry, msg) if {
	some entry in keyed
	account := split(entry.KmsKeyId, ":")[4]
	account != input.account
	not account in data.params.trusted_accounts
	msg := sprintf(
		"%s: the key belongs to account %s, which is not trusted; to trust it: params: {trusted_accounts: [%q]}",
		[entry.DeviceName, account, account],
	)
}

violation contains finding(entry, msg) if {
	some entry in keyed
	region := split(entry.KmsKeyId, ":")[3]
	region != input.region
	msg := sprintf("%s: the key is in the Region %s: keys do not work outside theirs", [entry.DeviceName, region])
}

undecided contains {"msg": msg, "subject": entry.DeviceName} if {
	some entry in keyed
	not is_arn(entry.KmsKeyId)
	msg := sprintf("%s: whose key %s is can't be told", [entry.DeviceName, entry.KmsKeyId])
}

undecided contains mappings.without_key(mapping) if {
	some mapping in mappings.encrypted(input.image)
	not told(mapping.Ebs.SnapshotId)
}

keyed contains {"DeviceName": mappings.device(mapping), "SnapshotId": snapshot.SnapshotId, "KmsKeyId": arn} if {
	some mapping in mappings.encrypted(input.image)
	some snapshot in input.snapshots
	snapshot.SnapshotId == mapping.Ebs.SnapshotId
	arn := snapshot.KmsKeyId
}

told(id) if mappings.tells_key(input.snapshots, id)

is_arn(id) if regex.match(`^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/`, id)

finding(entry, msg) := {"msg": msg, "subject": entry.DeviceName, "evidence": object.remove(entry, ["DeviceName"])} if {
	is_arn(entry.KmsKeyId)
}
