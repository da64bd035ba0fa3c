package amiscan.testing.key_access

# Table C of who can use a key: the actions.

share_key := "EBS User Guide, Share the KMS key used to encrypt a shared snapshot"

# on_all_but opens all resources but one to the recipient.
on_all_but(arn) := object.union(
	object.remove(allow({"AWS": [recipient]}, use_actions), ["Resource"]),
	{"NotResource": [arn]},
)

# for_members is AWS's example for an organization, with these actions; for_ou_members is the one for an OU.
for_members(actions) := on_condition(allow({"AWS": ["*"]}, actions), of_organization)

# in_policy asks for the actions in a statement for the recipient's account.
in_policy(actions, use) := question({"policy": open_policy(actions), "use": use})

# to_role asks for them in a statement for a service-linked role of the key's account.
to_role(actions, use) := question({
	"policy": policy([allow({"AWS": [service_role_arn(owner)]}, actions)]),
	"principal": service_role(owner),
	"use": use,
})

# by_grant asks for operations in a grant to a service-linked role of the recipient.
by_grant(names) := question({
	"grants": [object.union(grant(service_role_arn(recipient)), {"Operations": names})],
	"principal": service_role(recipient),
})

rows_c := [
	row(
		"C",
		"key that is only read: all of the set for requests",
		requirements,
		in_policy(use_actions, "source"),
		"delegated",
	),
	row(
		"C",
		"key of the new volume: all of the set for requests",
		requirements,
		in_policy(use_actions, "destination"),
		"delegated",
	),
	row(
		"C",
		"key that is only read: without Decrypt",
		requirements,
		in_policy([action | some action in use_actions; not action in ["kms:Decrypt"]], "source"),
		"closed",
	),
	row(
		"C",
		"key of the new volume: without Decrypt",
		requirements,
		in_policy([action | some action in use_actions; not action in ["kms:Decrypt"]], "destination"),
		"closed",
	),
	row(
		"C",
		"key that is only read: without CreateGrant",
		requirements,
		in_policy([action | some action in use_actions; not action in ["kms:CreateGrant"]], "source"),
		"closed",
	),
	row(
		"C",
		"key of the new volume: without CreateGrant",
		requirements,
		in_policy([action | some action in use_actions; not action in ["kms:CreateGrant"]], "destination"),
		"closed",
	),
	row(
		"C",
		"key of the new volume: without GenerateDataKeyWithoutPlaintext",
		requirements,
		in_policy(
			[action | some action in use_actions; not action in ["kms:GenerateDataKeyWithoutPlaintext"]],
			"destination",
		),
		"closed",
	),
	row(
		"C",
		"key that is only read: without GenerateDataKeyWithoutPlaintext",
		requirements,
		in_policy(
			[action | some action in use_actions; not action in ["kms:GenerateDataKeyWithoutPlaintext"]],
			"source",
		),
		"undecided",
	),
	row(
		"C",
		"key that is only read: without DescribeKey",
		requirements,
		in_policy([action | some action in use_actions; not action in ["kms:DescribeKey"]], "source"),
		"undecided",
	),
	row(
		"C",
		"key of the new volume: without DescribeKey",
		requirements,
		in_policy([action | some action in use_actions; not action in ["kms:DescribeKey"]], "destination"),
		"undecided",
	),
	row(
		"C",
		"key that is only read: without ReEncryptFrom",
		requirements,
		in_policy([action | some action in use_actions; not action in ["kms:ReEncryptFrom"]], "source"),
		"undecided",
	),
	row(
		"C",
		"key of the new volume: without ReEncryptFrom",
		requirements,
		in_policy([action | some action in use_actions; not action in ["kms:ReEncryptFrom"]], "destination"),
		"undecided",
	),
	row(
		"C",
		"key that is only read: without ReEncryptTo",
		requirements,
		in_policy([action | some action in use_actions; not action in ["kms:ReEncryptTo"]], "source"),
		"undecided",
	),
	row(
		"C",
		"key of the new volume: without ReEncryptTo",
		requirements,
		in_policy([action | some action in use_actions; not action in ["kms:ReEncryptTo"]], "destination"),
		"undecided",
	),
	row(
		"C",
		"key of the new volume: Decrypt, GenerateDataKeyWithoutPlaintext and CreateGrant alone",
		requirements,
		in_policy(["kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:CreateGrant"], "destination"),
		"undecided",
	),
	row(
		"C",
		"the set of the page on shared snapshots",
		share_key,
		in_policy(
			["kms:DescribeKey", "kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
			"destination",
		),
		"delegated",
	),
	row(
		"C",
		"service-linked role in the key policy: all of its set",
		auto_scaling,
		to_role(array.concat(service_role_actions, ["kms:CreateGrant"]), "destination"),
		"allowed",
	),
	row(
		"C",
		"service-linked role in the key policy: the set for requests, without Encrypt and GenerateDataKey",
		auto_scaling,
		to_role(use_actions, "destination"),
		"undecided",
	),
	row(
		"C",
		"service-linked role in the key policy: all but CreateGrant",
		auto_scaling,
		to_role(service_role_actions, "destination"),
		"closed",
	),
	row("C", "service-linked role by a grant: all eight operations", auto_scaling, by_grant(operations), "allowed"),
	row(
		"C",
		"service-linked role by a grant: all operations but Decrypt",
		auto_scaling,
		by_grant([name | some name in operations; name != "Decrypt"]),
		"closed",
	),
	row(
		"C",
		"service-linked role by a grant: all operations but CreateGrant",
		auto_scaling,
		by_grant([name | some name in operations; name != "CreateGrant"]),
		"closed",
	),
	row(
		"C",
		"service-linked role by a grant: all operations but Encrypt",
		auto_scaling,
		by_grant([name | some name in operations; name != "Encrypt"]),
		"undecided",
	),
	row(
		"C",
		"service-linked role by a grant: all operations but ReEncryptFrom",
		auto_scaling,
		by_grant([name | some name in operations; name != "ReEncryptFrom"]),
		"undecided",
	),
	row(
		"C",
		"service-linked role by a grant: all operations but ReEncryptTo",
		auto_scaling,
		by_grant([name | some name in operations; name != "ReEncryptTo"]),
		"undecided",
	),
	row(
		"C",
		"service-linked role by a grant: all operations but GenerateDataKey",
		auto_scaling,
		by_grant([name | some name in operations; name != "GenerateDataKey"]),
		"undecided",
	),
	row(
		"C",
		"service-linked role by a grant: all operations but GenerateDataKeyWithoutPlaintext",
		auto_scaling,
		by_grant([name | some name in operations; name != "GenerateDataKeyWithoutPlaintext"]),
		"undecided",
	),
	row(
		"C",
		"service-linked role by a grant: all operations but DescribeKey",
		auto_scaling,
		by_grant([name | some name in operations; name != "DescribeKey"]),
		"undecided",
	),
	row("C", "operations of a grant have no wildcards", auto_scaling, by_grant(["*"]), "closed"),
	row(
		"C",
		"operations of a grant have no prefix",
		auto_scaling,
		by_grant([sprintf("kms:%s", [name]) | some name in operations]),
		"closed",
	),
	row("C", "actions written kms:*", requirements, in_policy(["kms:*"], "destination"), "delegated"),
	row("C", "actions written *", requirements, in_policy(["*"], "destination"), "delegated"),
	row("C", "actions written KMS:*", requirements, in_policy(["KMS:*"], "destination"), "delegated"),
	row("C", "actions written k?s:*", requirements, in_policy(["k?s:*"], "destination"), "delegated"),
	row(
		"C",
		"actions in another case",
		requirements,
		in_policy([upper(action) | some action in use_actions], "destination"),
		"delegated",
	),
	row(
		"C",
		"actions with wildcards at the end",
		requirements,
		in_policy(
			["kms:Describe*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Decrypt", "kms:CreateGrant"],
			"destination",
		),
		"delegated",
	),
	row(
		"C",
		"ReEncrypt without its wildcard is no action",
		requirements,
		in_policy(
			["kms:Describe*", "kms:ReEncrypt", "kms:GenerateDataKey*", "kms:Decrypt", "kms:CreateGrant"],
			"destination",
		),
		"undecided",
	),
	row(
		"C",
		"resource that is the key's own ARN",
		key_policies,
		question({
			"policy": policy([object.union(allow({"AWS": [recipient]}, use_actions), {"Resource": [key.Arn]})]),
		}),
		"delegated",
	),
	row(
		"C",
		"resource that is another key's ARN",
		key_policies,
		question({
			"policy": policy([object.union(allow({"AWS": [recipient]}, use_actions), {"Resource": [default_key]})]),
		}),
		"closed",
	),
	row(
		"C",
		"resource with a policy variable",
		key_policies,
		question({
			"policy": policy([object.union(allow({"AWS": [recipient]}, use_actions), {"Resource": ["arn:aws:kms:*:${aws:PrincipalAccount}:key/*"]})]),
		}),
		"undecided",
	),
	row(
		"C",
		"all resources but the key",
		key_policies,
		question({
			"policy": policy([on_all_but(key.Arn)]),
		}),
		"closed",
	),
	row(
		"C",
		"all resources but another key",
		key_policies,
		question({
			"policy": policy([on_all_but(default_key)]),
		}),
		"delegated",
	),
	row(
		"C",
		"AWS's example for an organization, which has no CreateGrant",
		share_organization,
		question({
			"policy": policy([default_statement, for_members(organization_actions)]),
			"principal": organization,
		}),
		"undecided",
	),
	row(
		"C",
		"AWS's example for an organizational unit, which has no CreateGrant",
		share_organization,
		question({
			"policy": policy([default_statement, for_ou_members]),
			"principal": ou,
		}),
		"undecided",
	),
	row(
		"C",
		"AWS's example for an organization, seen by an account of it",
		share_organization,
		question({
			"policy": policy([default_statement, for_members(organization_actions)]),
			"principal": member,
		}),
		"undecided",
	),
	row(
		"C",
		"AWS's example for another organization, beside a statement without CreateGrant",
		share_organization,
		question({
			"policy": policy([allow({"AWS": [recipient]}, service_role_actions), for_members(organization_actions)]),
			"principal": object.union(member, {"organization": "o-zzzzzzzzzz"}),
		}),
		"closed",
	),
	row(
		"C",
		"AWS's example for an organization, and a Deny of CreateGrant",
		share_organization,
		question({
			"policy": policy([default_statement, for_members(organization_actions), deny({"AWS": ["*"]}, ["kms:CreateGrant"])]),
			"principal": organization,
		}),
		"closed",
	),
	row(
		"C",
		"AWS's example for an organization, without Decrypt too",
		share_organization,
		question({
			"policy": policy([default_statement, for_members(["kms:DescribeKey", "kms:GenerateDataKey*", "kms:ReEncrypt*"])]),
			"principal": organization,
		}),
		"closed",
	),
]
