# METADATA
# title: Service-linked role that launches can't use the key of a volume
# description: >-
#   Groups and fleets launch as service-linked roles, which need a key policy that names them, or a grant. Judges the keys of
#   the snapshots and those that the launch names. Undecided: Spot's role where it need not launch, another account's key
#   without a grant. Not judged: another account's unseen key policy beside a grant, callers, keys that nobody can use
#   (lt-kms-key-unusable, encryption/*), the default key where none is named (account/ebs-default-key-unusable).
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     First let the service-linked role exist. In the key's own account, add two statements to the key policy, Principal
#     {"AWS": ROLE_ARN}, Resource "*": one for [kms:Encrypt, kms:Decrypt, kms:ReEncrypt*, kms:GenerateDataKey*,
#     kms:DescribeKey], one for kms:CreateGrant with Bool kms:GrantIsForAWSResource true. Or, and for another account's
#     key always, in the launching account:
#     aws kms create-grant --key-id KEY_ARN --grantee-principal ROLE_ARN --operations Encrypt Decrypt ReEncryptFrom \
#       ReEncryptTo GenerateDataKey GenerateDataKeyWithoutPlaintext DescribeKey CreateGrant
#   controls: []
package amiscan.launch.asg_slr_no_key_access

import data.amiscan.lib.boot
import data.amiscan.lib.launch_key_uses
import data.amiscan.lib.role_access
import data.amiscan.lib.role_findings

violation contains role_findings.finding(one, told) if {
	some [one, told] in judged
	role_findings.is_fault(one, told)
}

undecided contains role_findings.doubt(one, told) if {
	some [one, told] in judged
	role_findings.is_open(one, told)
}

undecided contains role_findings.unseen(launch, volume) if {
	some [launch, image, made] in launched
	some volume in launch_key_uses.hidden(made, launch, image, input.snapshots, input.account)
}

judged contains [one, told] if {
	some [one, told] in by_policy
	told.final
}

judged contains [one, told] if {
	some [one, first] in by_policy
	not first.final
	told := role_access.with_grants(one.need.key, input.key_policies, input.key_service_role_grants, one.who, one.need.use)
}

# by_policy is what is not settled by the policies of the keys alone, or settled against the role.
by_policy contains [one, told] if {
	some one in needed
	told := role_access.by_policy(one.need.key, input.key_policies, one.who, one.need.use)
	told.access in {"closed", "undecided"}
}

needed contains {"launch": launch, "role": role, "need": need, "who": who} if {
	some [launch, _, made] in launched
	some need in launch_key_uses.needs(made, input.keys, input.key_names, input.account)
	role_access.is_settled_by_policy(need.key, place)
	some role in role_findings.roles(launch, input.kind)
	who := role_access.principal(role, place, need.key)
}

launched contains [launch, image, made] if {
	some launch in input.launches
	count(role_findings.roles(launch, input.kind)) > 0
	some image in input.images
	boot.uses(launch, image)
	made := launch_key_uses.made(launch, image, input.snapshots, input.account)
}

place := {"account": input.account, "partition": input.partition, "region": input.region}
