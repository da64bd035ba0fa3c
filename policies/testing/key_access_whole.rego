package amiscan.testing.key_access

# Table F of who can use a key: statements and grants together.

troubleshooting := "KMS Developer Guide, Troubleshooting key access"

grants := "KMS Developer Guide, Grants in AWS KMS"

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

suffixed := sprintf("%s_golden", [service_role_arn(recipient)])

rows_f := [example | some part in [denials, sources, unreadable]; some example in part]

denials := [
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
]
