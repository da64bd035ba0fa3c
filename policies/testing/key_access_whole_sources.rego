package amiscan.testing.key_access

# Table F, second part: what statements and grants give together.

sources := [
	row(
		"F",
		"actions from two statements",
		troubleshooting,
		question({
			"policy": policy([
				allow({"AWS": [recipient]}, service_role_actions),
				allow_if(["kms:CreateGrant"], "Bool", "kms:GrantIsForAWSResource", "true"),
			]),
		}),
		"delegated",
	),
	row(
		"F",
		"one statement under GrantIsForAWSResource for everything",
		troubleshooting,
		question({
			"policy": policy([allow_if(["kms:*"], "Bool", "kms:GrantIsForAWSResource", "true")]),
		}),
		"closed",
	),
	row(
		"F",
		"one statement under GrantIsForAWSResource with IfExists for everything",
		troubleshooting,
		question({
			"policy": policy([allow_if(["kms:*"], "BoolIfExists", "kms:GrantIsForAWSResource", "true")]),
		}),
		"delegated",
	),
	row(
		"F",
		"actions from a statement and a grant",
		troubleshooting,
		question({
			"grants": [object.union(grant(role_arn(recipient)), {"Operations": ["CreateGrant"]})],
			"policy": open_policy([a | some a in use_actions; a != "kms:CreateGrant"]),
			"principal": role(recipient),
		}),
		"delegated",
	),
	row(
		"F",
		"a hard action from a statement that may not apply",
		troubleshooting,
		question({
			"policy": policy([allow_if(["kms:*"], "StringEquals", "aws:PrincipalTag/team", "web")]),
		}),
		"undecided",
	),
	row(
		"F",
		"AWS's Allow for launches through another service",
		troubleshooting,
		question({
			"policy": policy([allow_if(["kms:*"], "StringEquals", "kms:ViaService", "rds.eu-west-1.amazonaws.com")]),
		}),
		"closed",
	),
	row(
		"F",
		"default key policy, and a role of the key's account",
		troubleshooting,
		default_policy(role(owner)),
		"delegated",
	),
	row(
		"F",
		"default key policy, and somebody of the key's account",
		troubleshooting,
		default_policy(account(owner)),
		"delegated",
	),
	row(
		"F",
		"default key policy, and a service-linked role of the key's account",
		auto_scaling,
		default_policy(service_role(owner)),
		"closed",
	),
	row(
		"F",
		"default key policy, and another account",
		troubleshooting,
		default_policy(account(recipient)),
		"closed",
	),
	row(
		"F",
		"default key policy, and a service-linked role of another account",
		auto_scaling,
		default_policy(service_role(recipient)),
		"closed",
	),
	row("F", "default key policy, and an organization", share_organization, default_policy(organization), "closed"),
	row("F", "default key policy, and an organizational unit", share_organization, default_policy(ou), "closed"),
	row(
		"F",
		"no key policy seen, and a grant that gives everything",
		kms_api,
		question({
			"grants": [grant(service_role_arn(recipient))],
			"policy": null,
			"principal": service_role(recipient),
		}),
		"undecided",
	),
	row(
		"F",
		"no key policy seen, and no grant",
		kms_api,
		question({"policy": null, "principal": service_role(recipient)}),
		"undecided",
	),
	row("F", "grants not seen, where the policy gives everything", kms_api, question({"grants": null}), "delegated"),
	row(
		"F",
		"grants not seen, where the policy gives nothing",
		kms_api,
		question({"grants": null, "policy": policy([default_statement])}),
		"undecided",
	),
	row(
		"F",
		"grants not seen, where the policy denies",
		kms_api,
		question({"grants": null, "policy": opened([deny({"AWS": ["*"]}, ["kms:Decrypt"])])}),
		"closed",
	),
	row(
		"F",
		"policy without statements that can be read",
		kms_api,
		question({"policy": {"Version": "2012-10-17"}}),
		"undecided",
	),
]
