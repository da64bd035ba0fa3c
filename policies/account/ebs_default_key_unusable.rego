# METADATA
# title: EBS default key can't be used
# description: >-
#   Judges the key of volumes for which nobody names one: its state, whether it exists, and whether it is open to each
#   service-linked role that launches for groups and fleets. Volumes from shared snapshots always get it, others where
#   encryption by default is on, which is not read here. The AWS managed key is open to all; of another account's key, whose
#   policy is not seen, a grant is taken as proof.
# scope: package
# schemas:
#   - input: schema.settings
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
# custom:
#   severity: critical
#   resource: settings
#   remediation: |-
#     Bring the key back (first aws kms cancel-key-deletion, if KMS is to delete it), or choose another:
#     aws kms enable-key --key-id KEY_ARN
#     aws ec2 modify-ebs-default-kms-key-id --kms-key-id KEY_ARN
#     For a role, once it exists, add two statements to the key policy, Principal {"AWS": ROLE_ARN}, Resource "*": one for
#     [kms:Encrypt, kms:Decrypt, kms:ReEncrypt*, kms:GenerateDataKey*, kms:DescribeKey], one for kms:CreateGrant with
#     Bool kms:GrantIsForAWSResource true. Or, and for another account's key always, in the launching account:
#     aws kms create-grant --key-id KEY_ARN --grantee-principal ROLE_ARN --operations Encrypt Decrypt ReEncryptFrom \
#       ReEncryptTo GenerateDataKey GenerateDataKeyWithoutPlaintext DescribeKey CreateGrant
#   controls: []
package amiscan.account.ebs_default_key_unusable

import data.amiscan.lib.default_key
import data.amiscan.lib.role_access

violation contains default_key.broken(input.ebs_default_kms_key, reason) if {
	some reason in default_key.against(input.default_keys, place, "closed")
}

violation contains default_key.broken(input.ebs_default_kms_key, reason) if {
	reason := default_key.gone(input.ebs_default_kms_key, input.default_keys, input.account)
}

violation contains default_key.closed(one, told) if {
	some [one, told] in judged
	told.access == "closed"
}

undecided contains {"msg": reason, "subject": ""} if {
	some reason in default_key.against(input.default_keys, place, "undecided")
}

undecided contains {"msg": reason, "subject": ""} if {
	reason := default_key.unseen(input.ebs_default_kms_key, input.default_keys, input.account)
}

undecided contains {"msg": default_key.unnamed(input.ebs_default_kms_key), "subject": ""}

undecided contains default_key.doubt(one, told) if {
	some [one, told] in judged
	told.access == "undecided"
}

judged contains [one, told] if {
	some [one, told] in by_policy
	told.final
}

judged contains [one, told] if {
	some [one, first] in by_policy
	not first.final
	told := role_access.with_grants(one.key, input.default_key_policies, input.default_key_service_role_grants, one.who, "destination")
}

by_policy contains [{"key": key, "who": who}, told] if {
	some key in input.default_keys
	role_access.is_settled_by_policy(key, place)
	some role in input.launching_roles
	who := role_access.principal({"arn": role}, place, key)
	told := role_access.by_policy(key, input.default_key_policies, who, "destination")
	told.access in {"closed", "undecided"}
}

place := {"account": input.account, "partition": input.partition, "region": input.region}
