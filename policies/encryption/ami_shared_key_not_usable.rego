# METADATA
# title: AMI is shared with somebody who cannot use its key (judged from the owner's side)
# description: >-
#   Who launches a shared image must be able to read its encrypted snapshots. Judges each grantee with each of their keys by
#   its state, policy and grants. Not judged: the recipient's IAM and default key, organization policies, AWS managed keys.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html
# custom:
#   severity: critical
#   resource: ami
#   remediation: |-
#     Open the key to account B with two statements, Principal {"AWS": "arn:aws:iam::B:root"}, Resource "*", for the actions
#     [kms:Encrypt, kms:Decrypt, kms:ReEncrypt*, kms:GenerateDataKey*, kms:DescribeKey] and for kms:CreateGrant. Only where
#     B has no group, fleet or Spot launch, add to the second: Bool kms:GrantIsForAWSResource true. For an organization:
#     "*" with StringEquals aws:PrincipalOrgID o-ID; OU: and ForAnyValue:StringLike aws:PrincipalOrgPaths o-ID/r-ID/ou-ID/*.
#     For its Auto Scaling groups B makes a grant, in B, once the service-linked role exists:
#     aws kms create-grant --key-id KEY_ARN --grantee-principal SERVICE_LINKED_ROLE_ARN --operations Encrypt Decrypt \
#       ReEncryptFrom ReEncryptTo GenerateDataKey GenerateDataKeyWithoutPlaintext DescribeKey CreateGrant
#   controls: []
package amiscan.encryption.ami_shared_key_not_usable

import data.amiscan.lib.image_keys
import data.amiscan.lib.key_access
import data.amiscan.lib.key_members
import data.amiscan.lib.keys

violation contains finding(one, one.told) if {
	some one in judged
	one.told.access == "closed"
	one.told.final
}

violation contains finding(one, told) if {
	some [one, told] in with_grants
	told.access == "closed"
}

undecided contains {"msg": msg, "subject": one.grantee.name} if {
	some [one, told] in with_grants
	told.access == "undecided"
	msg := sprintf("%s. %s", [concat("; ", told.reasons), key_access.unseen])
}

undecided contains {"msg": sprintf("%s: its key, and so who can use that, is not seen", [id]), "subject": id} if {
	some _ in grantees
	some id in image_keys.hidden(input.image, input.snapshots)
}

grantees := image_keys.grantees(input.launch_permissions, input.account, input.partition, input.region)

# judged is who cannot use which key by what the key and its policy say; final, where no grant can give what is missing.
judged contains {"grantee": grantee, "key": key, "told": told} if {
	some grantee in grantees
	some arn in image_keys.arns(input.image, input.snapshots)
	key := image_keys.key(input.keys, arn)
	not keys.managed_by_aws(key)
	told := judge(grantee, key, [])
	told.access in {"closed", "undecided"}
}

with_grants contains [one, told] if {
	some one in judged
	not one.told.final
	told := judge(one.grantee, one.key, image_keys.beside(input.key_grants, one.key.Arn, "Grants"))
}

judge(grantee, key, grants) := [told |
	policy := image_keys.beside(input.key_policies, key.Arn, "Policy")
	told := key_members.judge(key, policy, grants, grantee.principal, "source")
][0]

finding(one, told) := {
	"msg": sprintf("%s cannot launch this image: %s", [one.grantee.name, concat("; ", told.reasons)]),
	"subject": one.grantee.name,
	"evidence": {"launch_permission": one.grantee.permission, "KmsKeyId": one.key.Arn},
}
