# METADATA
# title: KMS key lets an account launch AMIs, but not grant the key to its service-linked roles
# description: >-
#   Judges own keys for each account, organization or OU that an image under them is shared with and that the key policy lets
#   launch. Its Auto Scaling groups and fleets need a grant, which somebody there makes by hand; kms:CreateGrant under
#   kms:GrantIsForAWSResource or kms:ViaService is for EC2 alone, under kms:GranteePrincipal for other roles. A grant that
#   an account's role has already, or that can be handed on, passes. Not judged: whom the key is closed to altogether
#   (encryption/ami-shared-key-not-usable), and the recipient's own IAM. Conditions that can't be judged are undecided.
# scope: package
# schemas:
#   - input: schema.kms_key
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
# custom:
#   severity: high
#   resource: kms_key
#   remediation: |-
#     Let account B make the grant: add a statement, Principal {"AWS": "arn:aws:iam::B:root"}, Action kms:CreateGrant,
#     Resource "*", without kms:GrantIsForAWSResource; StringEquals kms:GranteePrincipal with the ARNs of B's roles narrows it.
#     aws kms put-key-policy --key-id KEY_ARN --policy-name default --policy file://POLICY.json
#     Then, in B, once the service-linked role exists:
#     aws kms create-grant --key-id KEY_ARN --grantee-principal ROLE_ARN --operations Encrypt Decrypt ReEncryptFrom \
#       ReEncryptTo GenerateDataKey GenerateDataKeyWithoutPlaintext DescribeKey CreateGrant
#   controls: []
package amiscan.encryption.key_grant_blocked_for_slr

import data.amiscan.lib.grant_making
import data.amiscan.lib.grant_statements
import data.amiscan.lib.image_keys
import data.amiscan.lib.key_access

applies if {
	input.account == input.unit_account
	is_object(input.key)
	count(input.image_audiences) > 0
}

violation contains {"msg": msg, "subject": grantee.name, "evidence": evidence} if {
	some [grantee, "no"] in with_grants
	statements := grant_statements.list(input.key, input.key_policy, grantee.principal)
	evidence := {"launch_permission": grantee.permission, "statements": statements}
	msg := sprintf("%s can launch images under the key by hand, but %s: %s", [
		grantee.name,
		"not in groups and fleets, as nobody there can make the grant that their service-linked roles need",
		concat(", ", statements),
	])
}

undecided contains {"msg": msg, "subject": grantee.name} if {
	some [grantee, "unknown"] in with_grants
	msg := sprintf("whether somebody of %s can make the grant that service-linked roles need is open: %s", [
		grantee.name,
		concat(", ", grant_statements.list(input.key, input.key_policy, grantee.principal)),
	])
}

with_grants contains [grantee, word] if {
	some grantee in launching
	word := grant_making.word(input.key, input.key_policy, input.grants, grantee.principal)
}

# launching are those who can launch and for whom the policy alone lets nobody make a grant for certain.
launching contains grantee if {
	applies
	some audience in input.image_audiences
	some grantee in image_keys.grantees(audience.LaunchPermissions, input.account, input.partition, input.region)
	told := key_access.judge(input.key, input.key_policy, [], grantee.principal, "source")
	told.access == "delegated"
	word := grant_making.word(input.key, input.key_policy, [], grantee.principal)
	word in {"no", "unknown"}
}
