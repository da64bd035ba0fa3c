package amiscan.testing.key_access

# Table D of who can use a key, one statement and one principal.

cross_account := "KMS Developer Guide, Allowing users in other accounts to use a KMS key"

# cell is what a statement that allows the principals everything is for one of them: the principal element, then who asks.
cell(element, principal) := {"statement": allow(element, ["kms:*"]), "principal": principal}

excepting(element, principal) := {
	"statement": object.union(
		object.remove(allow({}, ["kms:*"]), ["Principal"]),
		{"NotPrincipal": element},
	),
	"principal": principal,
}

for_organization(element, principal) := {
	"statement": on_condition(
		allow(element, ["kms:*"]),
		{"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}},
	),
	"principal": object.union(principal, {"organization": "o-a1b2c3d4e5"}),
}

rows_d := [example | some part in [of_accounts_and_roles, of_others]; some example in part]

of_accounts_and_roles := [
	row(
		"D",
		"the account's root ARN, and a role of the key's account",
		auto_scaling,
		cell({"AWS": [root_arn(owner)]}, role(owner)),
		"delegate",
	),
	row(
		"D",
		"the account's root ARN, and a service-linked role of the key's account",
		auto_scaling,
		cell({"AWS": [root_arn(owner)]}, service_role(owner)),
		"no",
	),
	row(
		"D",
		"the account's root ARN, and a role of another account",
		auto_scaling,
		cell({"AWS": [root_arn(recipient)]}, role(recipient)),
		"delegate",
	),
	row(
		"D",
		"the account's root ARN, and a service-linked role of another account",
		auto_scaling,
		cell({"AWS": [root_arn(recipient)]}, service_role(recipient)),
		"no",
	),
	row(
		"D",
		"the account's id, and a role of the key's account",
		auto_scaling,
		cell({"AWS": [owner]}, role(owner)),
		"delegate",
	),
	row(
		"D",
		"the account's id, and a service-linked role of the key's account",
		auto_scaling,
		cell({"AWS": [owner]}, service_role(owner)),
		"no",
	),
	row(
		"D",
		"the account's id, and a role of another account",
		auto_scaling,
		cell({"AWS": [recipient]}, role(recipient)),
		"delegate",
	),
	row(
		"D",
		"the account's id, and a service-linked role of another account",
		auto_scaling,
		cell({"AWS": [recipient]}, service_role(recipient)),
		"no",
	),
	row(
		"D",
		"the root ARN of a third account, and a role of the key's account",
		cross_account,
		cell({"AWS": [root_arn("777788889999")]}, role(owner)),
		"no",
	),
	row(
		"D",
		"the root ARN of a third account, and a service-linked role of the key's account",
		cross_account,
		cell({"AWS": [root_arn("777788889999")]}, service_role(owner)),
		"no",
	),
	row(
		"D",
		"the root ARN of a third account, and a role of another account",
		cross_account,
		cell({"AWS": [root_arn("777788889999")]}, role(recipient)),
		"no",
	),
	row(
		"D",
		"the root ARN of a third account, and a service-linked role of another account",
		cross_account,
		cell({"AWS": [root_arn("777788889999")]}, service_role(recipient)),
		"no",
	),
	row(
		"D",
		"the principal's own ARN, and a role of the key's account",
		cross_account,
		cell({"AWS": [role(owner).arn]}, role(owner)),
		"allow",
	),
	row(
		"D",
		"the principal's own ARN, and a service-linked role of the key's account",
		cross_account,
		cell({"AWS": [service_role(owner).arn]}, service_role(owner)),
		"allow",
	),
	row(
		"D",
		"the principal's own ARN, and a role of another account",
		cross_account,
		cell({"AWS": [role(recipient).arn]}, role(recipient)),
		"delegate",
	),
	row(
		"D",
		"the principal's own ARN, and a service-linked role of another account",
		cross_account,
		cell({"AWS": [service_role(recipient).arn]}, service_role(recipient)),
		"no",
	),
	row(
		"D",
		"the ARN of another role of the account, and a role of the key's account",
		cross_account,
		cell({"AWS": [sprintf("arn:aws:iam::%s:role/other", [owner])]}, role(owner)),
		"no",
	),
	row(
		"D",
		"the ARN of another role of the account, and a service-linked role of the key's account",
		cross_account,
		cell({"AWS": [sprintf("arn:aws:iam::%s:role/other", [owner])]}, service_role(owner)),
		"no",
	),
	row(
		"D",
		"the ARN of another role of the account, and a role of another account",
		cross_account,
		cell({"AWS": [sprintf("arn:aws:iam::%s:role/other", [recipient])]}, role(recipient)),
		"no",
	),
	row(
		"D",
		"the ARN of another role of the account, and a service-linked role of another account",
		cross_account,
		cell({"AWS": [sprintf("arn:aws:iam::%s:role/other", [recipient])]}, service_role(recipient)),
		"no",
	),
	row(
		"D",
		"one session, and not that of, and a role of the key's account",
		cross_account,
		cell({"AWS": [session_arn(owner)]}, role(owner)),
		"unknown",
	),
	row(
		"D",
		"one session, and not that of, and a service-linked role of the key's account",
		cross_account,
		cell({"AWS": [service_role_session(owner)]}, service_role(owner)),
		"unknown",
	),
	row(
		"D",
		"one session, and not that of, and a role of another account",
		cross_account,
		cell({"AWS": [session_arn(recipient)]}, role(recipient)),
		"unknown",
	),
	row(
		"D",
		"one session, and not that of, and a service-linked role of another account",
		cross_account,
		cell({"AWS": [service_role_session(recipient)]}, service_role(recipient)),
		"no",
	),
	row(
		"D",
		"one session, and that session of the key's account",
		cross_account,
		cell({"AWS": [session_arn(owner)]}, session(owner)),
		"allow",
	),
	row(
		"D",
		"one session, and that session of another account",
		cross_account,
		cell({"AWS": [session_arn(recipient)]}, session(recipient)),
		"delegate",
	),
	row(
		"D",
		"the role of a session, and the session of the key's account",
		cross_account,
		cell({"AWS": [role_arn(owner)]}, session(owner)),
		"allow",
	),
	row(
		"D",
		"the role of a session, and the session of another account",
		cross_account,
		cell({"AWS": [role_arn(recipient)]}, session(recipient)),
		"delegate",
	),
	row(
		"D",
		"one session, and another session of the role",
		cross_account,
		cell(
			{"AWS": [session_arn(owner)]},
			object.union(session(owner), {"arn": "arn:aws:sts::111122223333:assumed-role/launcher/other"}),
		),
		"no",
	),
	row(
		"D",
		"one session of a service-linked role, and somebody of the key's account",
		cross_account,
		cell({"AWS": [service_role_session(owner)]}, account(owner)),
		"unknown",
	),
	row(
		"D",
		"one session of a service-linked role, and somebody of another account",
		cross_account,
		cell({"AWS": [service_role_session(recipient)]}, account(recipient)),
		"unknown",
	),
]
