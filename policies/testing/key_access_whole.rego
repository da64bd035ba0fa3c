package amiscan.testing.key_access

# Tables F, G and H of who can use a key, the whole, grants and who launches.

troubleshooting := "KMS Developer Guide, Troubleshooting key access"

grants := "KMS Developer Guide, Grants in AWS KMS"

examining_grants := "KMS Developer Guide, Examining grants"

spot := "EC2 User Guide, Grant access to customer managed keys for Spot Instances"

fleets := "EC2 User Guide, Grant access to customer managed keys for EC2 Fleet and Spot Fleet"

# open is what everybody may do with the sound key, whatever else the policy says.
opened(statements) := policy(array.concat([allow({"AWS": ["*"]}, ["kms:*"])], statements))

judged(principal, statements) := question({"policy": opened(statements), "principal": principal})

default_policy(principal) := question({"policy": policy([default_statement]), "principal": principal})

denying_all_but(list) := object.union(
	object.remove(deny({}, ["kms:*"]), ["Principal"]),
	{"NotPrincipal": {"AWS": list}},
)

# granted is the recipient's service-linked role with one grant under the default key policy.
granted(fields) := question({
	"grants": [object.union(grant(service_role_arn(recipient)), fields)],
	"policy": policy([default_statement]),
	"principal": service_role(recipient),
})

granted_to(grantee, principal) := question({
	"grants": [grant(grantee)],
	"policy": policy([default_statement]),
	"principal": principal,
})

# by_person is whether somebody of the recipient may create a grant for its service-linked role.
by_person(condition, effect) := {
	"key": key,
	"policy": policy(array.concat(
		[statement | some statement in [allow({"AWS": [recipient]}, ["kms:CreateGrant"])]; effect == "Deny"],
		[object.union(on_condition(allow({"AWS": [recipient]}, ["kms:CreateGrant"]), condition), {"Effect": effect})],
	)),
	"principal": account(recipient),
	"grantee": service_role_arn(recipient),
}

allow_all_but(actions) := object.union(
	object.remove(allow({"AWS": [recipient]}, []), ["Action"]),
	{"NotAction": actions},
)

deny_all_but(actions) := object.union(object.remove(deny({"AWS": ["*"]}, []), ["Action"]), {"NotAction": actions})

allow_if(actions, operator, name, value) := on_condition(
	allow({"AWS": [recipient]}, actions),
	{operator: {name: [value]}},
)

deny_if(operator, name, value) := on_condition(deny({"AWS": ["*"]}, ["kms:*"]), {operator: {name: [value]}})

to_owner := allow({"AWS": [owner]}, ["kms:*"])

grant_of(names) := object.union(grant(service_role_arn(recipient)), {"Operations": names})

infrastructure := "arn:aws:sts::444455556666:assumed-role/aws:ec2-infrastructure/i-00112233445566778"

# launching is a way to launch, with who launches.
launching(path, fields) := object.union_n([
	place,
	{"account": recipient, "path": path},
	fields,
])

suffixed := sprintf("%s_golden", [service_role_arn(recipient)])

rows_f := [
	row(
		"F",
		"Deny of everything to everybody",
		troubleshooting,
		judged(account(recipient), [deny({"AWS": ["*"]}, ["kms:*"])]),
		"closed",
	),
	row(
		"F",
		"Deny of Decrypt to the launcher's account",
		troubleshooting,
		judged(account(recipient), [deny({"AWS": [recipient]}, ["kms:Decrypt"])]),
		"closed",
	),
	row(
		"F",
		"Deny of Decrypt to the role's account",
		troubleshooting,
		judged(role(recipient), [deny({"AWS": [root_arn(recipient)]}, ["kms:Decrypt"])]),
		"closed",
	),
	row(
		"F",
		"Deny of Decrypt to the role",
		troubleshooting,
		judged(role(recipient), [deny({"AWS": [role_arn(recipient)]}, ["kms:Decrypt"])]),
		"closed",
	),
	row(
		"F",
		"Deny of Decrypt to one session of the role",
		troubleshooting,
		judged(role(recipient), [deny({"AWS": [session_arn(recipient)]}, ["kms:Decrypt"])]),
		"undecided",
	),
	row(
		"F",
		"Deny of Decrypt to one role, and somebody of the account",
		troubleshooting,
		judged(account(recipient), [deny({"AWS": [role_arn(recipient)]}, ["kms:Decrypt"])]),
		"undecided",
	),
	row(
		"F",
		"Deny of Decrypt to another account",
		troubleshooting,
		judged(account(recipient), [deny({"AWS": [owner]}, ["kms:Decrypt"])]),
		"delegated",
	),
	row(
		"F",
		"Deny of Decrypt to one account, and an organization",
		troubleshooting,
		judged(organization, [deny({"AWS": [recipient]}, ["kms:Decrypt"])]),
		"undecided",
	),
	row(
		"F",
		"Deny of Decrypt to the key's account, and an organization",
		troubleshooting,
		judged(organization, [deny({"AWS": [owner]}, ["kms:Decrypt"])]),
		"delegated",
	),
	row(
		"F",
		"Deny of Decrypt to a role that was deleted",
		troubleshooting,
		judged(role(recipient), [deny({"AWS": ["AROACKCEVSQ6C2EXAMPLE"]}, ["kms:Decrypt"])]),
		"delegated",
	),
	row(
		"F",
		"Deny of Decrypt to EC2 as a service",
		troubleshooting,
		judged(account(recipient), [deny({"Service": ["ec2.amazonaws.com"]}, ["kms:Decrypt"])]),
		"delegated",
	),
	row(
		"F",
		"Deny of Decrypt to an entry of no known form",
		troubleshooting,
		judged(account(recipient), [deny({"AWS": ["somebody"]}, ["kms:Decrypt"])]),
		"undecided",
	),
	row(
		"F",
		"Deny of DescribeKey, without which launches are reported",
		troubleshooting,
		judged(account(recipient), [deny({"AWS": ["*"]}, ["kms:DescribeKey"])]),
		"undecided",
	),
	row(
		"F",
		"Deny of actions that no launch needs",
		troubleshooting,
		judged(account(recipient), [deny({"AWS": ["*"]}, ["kms:ScheduleKeyDeletion", "kms:Put*"])]),
		"delegated",
	),
	row(
		"F",
		"Deny under conditions that hold",
		troubleshooting,
		judged(
			account(recipient),
			[on_condition(deny({"AWS": ["*"]}, ["kms:*"]), {"StringEquals": {"kms:CallerAccount": [recipient]}})],
		),
		"closed",
	),
	row(
		"F",
		"Deny under conditions that do not hold",
		troubleshooting,
		judged(
			account(recipient),
			[deny_if("StringNotEquals", "kms:ViaService", "ec2.eu-west-1.amazonaws.com")],
		),
		"delegated",
	),
	row(
		"F",
		"Deny under conditions of which nothing is known",
		troubleshooting,
		judged(
			account(recipient),
			[on_condition(deny({"AWS": ["*"]}, ["kms:*"]), {"StringNotEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}})],
		),
		"undecided",
	),
	row(
		"F",
		"Deny to everybody outside the organization, and a member",
		troubleshooting,
		judged(
			member,
			[on_condition(deny({"AWS": ["*"]}, ["kms:*"]), {"StringNotEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}})],
		),
		"delegated",
	),
	row(
		"F",
		"Deny that may hold, of what nothing gives",
		troubleshooting,
		question({
			"policy": policy([default_statement, deny_if("Bool", "aws:MultiFactorAuthPresent", "false")]),
		}),
		"closed",
	),
	row(
		"F",
		"Deny with NotPrincipal, the account not listed",
		troubleshooting,
		judged(account(recipient), [denying_all_but([owner])]),
		"closed",
	),
	row(
		"F",
		"Deny with NotPrincipal, the account listed",
		troubleshooting,
		judged(account(recipient), [denying_all_but([owner, recipient])]),
		"undecided",
	),
	row(
		"F",
		"Deny with NotPrincipal, everybody listed",
		troubleshooting,
		judged(account(recipient), [denying_all_but(["*"])]),
		"delegated",
	),
	row(
		"F",
		"Deny with NotPrincipal, neither the role nor its account listed",
		troubleshooting,
		judged(role(recipient), [denying_all_but([owner])]),
		"closed",
	),
	row(
		"F",
		"Deny with NotPrincipal, the account without the role",
		troubleshooting,
		judged(role(recipient), [denying_all_but([recipient])]),
		"undecided",
	),
	row(
		"F",
		"Deny with NotPrincipal, the role without its account",
		troubleshooting,
		judged(role(recipient), [denying_all_but([role_arn(recipient)])]),
		"undecided",
	),
	row(
		"F",
		"Deny with NotPrincipal, the role and its account",
		troubleshooting,
		judged(role(recipient), [denying_all_but([role_arn(recipient), root_arn(recipient)])]),
		"delegated",
	),
	row(
		"F",
		"Deny with NotPrincipal, a session's role and account without the session",
		troubleshooting,
		judged(session(recipient), [denying_all_but([role_arn(recipient), recipient])]),
		"undecided",
	),
	row(
		"F",
		"Deny with NotPrincipal, a session and its account without the role",
		troubleshooting,
		judged(session(recipient), [denying_all_but([session_arn(recipient), recipient])]),
		"undecided",
	),
	row(
		"F",
		"Deny with NotPrincipal, the session, its role and its account",
		troubleshooting,
		judged(session(recipient), [denying_all_but([session_arn(recipient), role_arn(recipient), recipient])]),
		"delegated",
	),
	row(
		"F",
		"Deny with NotPrincipal, and an organization",
		troubleshooting,
		judged(organization, [denying_all_but([recipient])]),
		"undecided",
	),
	row(
		"F",
		"Deny with NotPrincipal of the key's account, and an organization",
		troubleshooting,
		judged(organization, [denying_all_but([owner])]),
		"closed",
	),
	row(
		"F",
		"Deny with NotAction that leaves out what a launch needs",
		troubleshooting,
		judged(
			account(recipient),
			[deny_all_but(use_actions)],
		),
		"delegated",
	),
	row(
		"F",
		"Deny with NotAction of something else",
		troubleshooting,
		judged(
			account(recipient),
			[object.union(object.remove(deny({"AWS": ["*"]}, []), ["Action"]), {"NotAction": ["kms:DescribeKey"]})],
		),
		"closed",
	),
	row(
		"F",
		"Allow with NotAction of something else",
		troubleshooting,
		question({
			"policy": policy([allow_all_but(["kms:Put*"])]),
		}),
		"delegated",
	),
	row(
		"F",
		"Allow with NotAction of what a launch needs",
		troubleshooting,
		question({
			"policy": policy([allow_all_but(["kms:Decrypt"])]),
		}),
		"closed",
	),
	row(
		"F",
		"Deny to everybody, and a grant",
		troubleshooting,
		question({
			"grants": [grant(service_role_arn(recipient))],
			"policy": policy([default_statement, deny({"AWS": ["*"]}, ["kms:Decrypt"])]),
			"principal": service_role(recipient),
		}),
		"closed",
	),
	row(
		"F",
		"Deny of CreateGrant that is not for an AWS resource, and a launch",
		troubleshooting,
		judged(
			account(recipient),
			[on_condition(deny({"AWS": ["*"]}, ["kms:CreateGrant"]), {"Bool": {"kms:GrantIsForAWSResource": ["false"]}})],
		),
		"delegated",
	),
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
	row(
		"F",
		"policy whose statements are no list",
		kms_api,
		question({"policy": {"Statement": {"Effect": "Allow"}}}),
		"undecided",
	),
	row(
		"F",
		"a statement that is no object, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), ["text"]),
		"undecided",
	),
	row(
		"F",
		"a statement that is no object, beside the default one",
		troubleshooting,
		question({"policy": policy([default_statement, "text"])}),
		"undecided",
	),
	row(
		"F",
		"a statement without elements, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [{"Effect": "Allow"}]),
		"undecided",
	),
	row(
		"F",
		"a statement without elements, beside the default one",
		troubleshooting,
		question({"policy": policy([default_statement, {"Effect": "Allow"}])}),
		"undecided",
	),
	row(
		"F",
		"a statement with an effect that is none, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [object.union(deny({"AWS": [owner]}, ["kms:*"]), {"Effect": "Maybe"})]),
		"undecided",
	),
	row(
		"F",
		"a statement with an effect that is none, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(deny({"AWS": [owner]}, ["kms:*"]), {"Effect": "Maybe"})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement whose actions are no list, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [object.union(to_owner, {"Action": "kms:*"})]),
		"undecided",
	),
	row(
		"F",
		"a statement whose actions are no list, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Action": "kms:*"})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement with no action, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [object.union(to_owner, {"Action": []})]),
		"undecided",
	),
	row(
		"F",
		"a statement with no action, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Action": []})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement whose resource is a number, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [object.union(to_owner, {"Resource": [7]})]),
		"undecided",
	),
	row(
		"F",
		"a statement whose resource is a number, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Resource": [7]})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement whose principal is a text, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [object.union(to_owner, {"Principal": "*"})]),
		"undecided",
	),
	row(
		"F",
		"a statement whose principal is a text, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Principal": "*"})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement whose principals are no list, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [object.union(to_owner, {"Principal": {"AWS": "*"}})]),
		"undecided",
	),
	row(
		"F",
		"a statement whose principals are no list, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Principal": {"AWS": "*"}})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement with both Principal and NotPrincipal, beside one that opens the key",
		troubleshooting,
		judged(
			account(recipient),
			[object.union(to_owner, {"NotPrincipal": {"AWS": [owner]}})],
		),
		"undecided",
	),
	row(
		"F",
		"a statement with both Principal and NotPrincipal, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"NotPrincipal": {"AWS": [owner]}})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement whose condition is a list, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [object.union(to_owner, {"Condition": ["x"]})]),
		"undecided",
	),
	row(
		"F",
		"a statement whose condition is a list, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Condition": ["x"]})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement whose condition has no value, beside one that opens the key",
		troubleshooting,
		judged(
			account(recipient),
			[object.union(to_owner, {"Condition": {"StringEquals": {"aws:PrincipalOrgID": []}}})],
		),
		"undecided",
	),
	row(
		"F",
		"a statement whose condition has no value, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Condition": {"StringEquals": {"aws:PrincipalOrgID": []}}})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement whose condition values are no list, beside one that opens the key",
		troubleshooting,
		judged(
			account(recipient),
			[object.union(to_owner, {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}})],
		),
		"undecided",
	),
	row(
		"F",
		"a statement whose condition values are no list, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}})]),
		}),
		"undecided",
	),
	row(
		"F",
		"lists of principals that are empty",
		troubleshooting,
		question({"policy": policy([allow({"AWS": [recipient], "Service": [], "Federated": []}, use_actions)])}),
		"delegated",
	),
	row(
		"F",
		"a person creates a grant for a service-linked role: CreateGrant without condition",
		auto_scaling,
		by_person({}, "Allow"),
		"delegate",
	),
	row(
		"F",
		"a person creates a grant for a service-linked role: CreateGrant only for an AWS resource",
		auto_scaling,
		by_person({"Bool": {"kms:GrantIsForAWSResource": ["true"]}}, "Allow"),
		"no",
	),
	row(
		"F",
		"a person creates a grant for a service-linked role: CreateGrant only through EC2",
		auto_scaling,
		by_person({"StringEquals": {"kms:ViaService": ["ec2.eu-west-1.amazonaws.com"]}}, "Allow"),
		"no",
	),
	row(
		"F",
		"a person creates a grant for a service-linked role: CreateGrant only for that role",
		auto_scaling,
		by_person({"StringEquals": {"kms:GranteePrincipal": [service_role_arn(recipient)]}}, "Allow"),
		"delegate",
	),
	row(
		"F",
		"a person creates a grant for a service-linked role: CreateGrant denied unless for an AWS resource",
		auto_scaling,
		by_person({"Bool": {"kms:GrantIsForAWSResource": ["false"]}}, "Deny"),
		"no",
	),
]

rows_g := [
	row("G", "grantee is the service-linked role", auto_scaling, granted({}), "allowed"),
	row(
		"G",
		"grantee is the role of another account",
		grants,
		granted_to(role_arn(recipient), role(recipient)),
		"allowed",
	),
	row("G", "grantee is the role of the key's account", grants, granted_to(role_arn(owner), role(owner)), "allowed"),
	row(
		"G",
		"grantee is the role of the session",
		grants,
		granted_to(role_arn(recipient), session(recipient)),
		"allowed",
	),
	row(
		"G",
		"grantee is one session of the role",
		grants,
		granted_to(session_arn(recipient), role(recipient)),
		"undecided",
	),
	row(
		"G",
		"grantee is another role of the account",
		grants,
		granted_to(
			role_arn(recipient),
			object.union(role(recipient), {"arn": "arn:aws:iam::444455556666:role/other"}),
		),
		"closed",
	),
	row(
		"G",
		"grantee is the account, and its role",
		grants,
		granted_to(root_arn(recipient), role(recipient)),
		"delegated",
	),
	row(
		"G",
		"grantee is the account, and somebody of it",
		grants,
		granted_to(root_arn(recipient), account(recipient)),
		"delegated",
	),
	row(
		"G",
		"grantee is the account, and its service-linked role",
		grants,
		granted_to(root_arn(recipient), service_role(recipient)),
		"closed",
	),
	row(
		"G",
		"grantee is a role, and somebody of its account",
		grants,
		granted_to(role_arn(recipient), account(recipient)),
		"delegated",
	),
	row(
		"G",
		"grantee is a service-linked role, and somebody of its account",
		grants,
		granted_to(service_role_arn(recipient), account(recipient)),
		"undecided",
	),
	row(
		"G",
		"grantee is a role of one account, and an organization",
		grants,
		granted_to(role_arn(recipient), organization),
		"undecided",
	),
	row(
		"G",
		"grantee is a role of the key's account, and an organization",
		grants,
		granted_to(role_arn(owner), organization),
		"closed",
	),
	row(
		"G",
		"EC2's own grant for a volume that is attached, and somebody of the account",
		examining_grants,
		granted_to(infrastructure, account(recipient)),
		"closed",
	),
	row(
		"G",
		"EC2's own grant for a volume that is attached, and a role of the account",
		examining_grants,
		granted_to(infrastructure, role(recipient)),
		"closed",
	),
	row(
		"G",
		"EC2's own grant for a volume that is attached, and a service-linked role of the account",
		examining_grants,
		granted_to(infrastructure, service_role(recipient)),
		"closed",
	),
	row(
		"G",
		"EC2's own grant for a volume that is attached, and an organization",
		examining_grants,
		granted_to(infrastructure, organization),
		"closed",
	),
	row(
		"G",
		"grantee is shown as a service that launches",
		grants,
		granted_to("autoscaling.amazonaws.com", service_role(recipient)),
		"undecided",
	),
	row(
		"G",
		"grantee is shown as EC2",
		grants,
		granted_to("ec2.eu-west-1.amazonaws.com", account(recipient)),
		"undecided",
	),
	row(
		"G",
		"grantee is shown as another service",
		grants,
		granted_to("rds.eu-west-1.amazonaws.com", service_role(recipient)),
		"closed",
	),
	row(
		"G",
		"the same service-linked role under another path",
		fleets,
		granted({"GranteePrincipal": replace(service_role_arn(recipient), "autoscaling.", "fleet.")}),
		"allowed",
	),
	row(
		"G",
		"a service-linked role with a suffix is another one",
		auto_scaling,
		granted({"GranteePrincipal": suffixed}),
		"closed",
	),
	row(
		"G",
		"the service-linked role of another account",
		grants,
		granted({"GranteePrincipal": service_role_arn(owner)}),
		"closed",
	),
	row(
		"G",
		"a role of the same name that is not service-linked",
		grants,
		granted({"GranteePrincipal": "arn:aws:iam::444455556666:role/AWSServiceRoleForAutoScaling"}),
		"closed",
	),
	row(
		"G",
		"constraint on the encryption context",
		grants,
		granted({"Constraints": {"EncryptionContextSubset": {"team": "web"}}}),
		"undecided",
	),
	row(
		"G",
		"constraint on the whole encryption context",
		grants,
		granted({"Constraints": {"EncryptionContextEquals": {"team": "web"}}}),
		"undecided",
	),
	row(
		"G",
		"constraint on one volume",
		grants,
		granted({"Constraints": {"EncryptionContextSubset": {"aws:ebs:id": "vol-0c0c0c0c0c0c0c0c0"}}}),
		"closed",
	),
	row(
		"G",
		"constraint on exactly one volume",
		grants,
		granted({"Constraints": {"EncryptionContextEquals": {"aws:ebs:id": "vol-0c0c0c0c0c0c0c0c0"}}}),
		"closed",
	),
	row(
		"G",
		"constraint that is empty",
		grants,
		granted({"Constraints": {"EncryptionContextSubset": {}}}),
		"allowed",
	),
	row(
		"G",
		"constraint on the source ARN",
		grants,
		granted({"Constraints": {"SourceArn": "arn:aws:ec2:eu-west-1:444455556666:instance/*"}}),
		"undecided",
	),
	row(
		"G",
		"constraint of a kind that is not known here",
		grants,
		granted({"Constraints": {"SourceWeather": "fair"}}),
		"undecided",
	),
	row(
		"G",
		"operations without CreateGrant",
		grants,
		granted({"Operations": [name | some name in operations; name != "CreateGrant"]}),
		"closed",
	),
	row(
		"G",
		"operations without CreateGrant, and a second grant with it",
		grants,
		question({
			"grants": [grant_of(["CreateGrant"]), grant_of([name | some name in operations; name != "CreateGrant"])],
			"policy": policy([default_statement]),
			"principal": service_role(recipient),
		}),
		"allowed",
	),
	row(
		"G",
		"grant without a grantee",
		grants,
		question({
			"grants": [{"GrantId": "1"}],
			"policy": policy([default_statement]),
			"principal": service_role(recipient),
		}),
		"closed",
	),
	row("G", "grantee that is no text", grants, granted({"GranteePrincipal": 7}), "closed"),
	row(
		"G",
		"who may retire or made the grant changes nothing",
		grants,
		granted({"RetiringPrincipal": root_arn(owner), "IssuingAccount": root_arn(owner)}),
		"allowed",
	),
]

rows_h := [
	row(
		"H",
		"request by a role",
		requirements,
		launching("request", {"caller": role_arn(recipient)}),
		"role launcher, closed",
	),
	row("H", "request by somebody", requirements, launching("request", {}), "account 444455556666, closed"),
	row(
		"H",
		"request for Spot",
		spot,
		launching("request", {"spot": true}),
		"AWSServiceRoleForEC2Spot, closed; account 444455556666, closed",
	),
	row(
		"H",
		"Auto Scaling group",
		auto_scaling,
		launching("auto_scaling_group", {"service_role": service_role_arn(recipient)}),
		"AWSServiceRoleForAutoScaling, closed",
	),
	row(
		"H",
		"Auto Scaling group with a role of its own",
		auto_scaling,
		launching("auto_scaling_group", {"service_role": suffixed}),
		"AWSServiceRoleForAutoScaling_golden, closed",
	),
	row(
		"H",
		"Auto Scaling group whose role is not known",
		auto_scaling,
		launching("auto_scaling_group", {}),
		"service_role not known, closed",
	),
	row(
		"H",
		"Auto Scaling group with Spot",
		auto_scaling,
		launching("auto_scaling_group", {"service_role": service_role_arn(recipient), "spot": true}),
		"AWSServiceRoleForAutoScaling, closed; AWSServiceRoleForEC2Spot, undecided",
	),
	row(
		"H",
		"EKS managed node group",
		auto_scaling,
		launching("eks_node_group", {}),
		"AWSServiceRoleForAutoScaling, undecided",
	),
	row(
		"H",
		"EC2 Fleet of type maintain",
		fleets,
		launching("ec2_fleet", {"type": "maintain"}),
		"AWSServiceRoleForEC2Fleet, closed",
	),
	row(
		"H",
		"EC2 Fleet of type request",
		fleets,
		launching("ec2_fleet", {"type": "request"}),
		"AWSServiceRoleForEC2Fleet, closed",
	),
	row(
		"H",
		"EC2 Fleet of type instant",
		fleets,
		launching("ec2_fleet", {"type": "instant"}),
		"account 444455556666, closed",
	),
	row(
		"H",
		"EC2 Fleet with Spot",
		fleets,
		launching("ec2_fleet", {"type": "maintain", "spot": true}),
		"AWSServiceRoleForEC2Fleet, closed; AWSServiceRoleForEC2Spot, undecided",
	),
	row(
		"H",
		"Spot Fleet",
		spot,
		launching("spot_fleet", {"spot": true}),
		"AWSServiceRoleForEC2Spot, closed; AWSServiceRoleForEC2SpotFleet, closed",
	),
	row(
		"H",
		"Spot Fleet of type request",
		fleets,
		launching("spot_fleet", {"type": "request"}),
		"AWSServiceRoleForEC2SpotFleet, closed",
	),
	row("H", "Spot Fleet without Spot", fleets, launching("spot_fleet", {}), "AWSServiceRoleForEC2SpotFleet, closed"),
]
