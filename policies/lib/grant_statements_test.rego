package amiscan.lib.grant_statements_test

import data.amiscan.lib.grant_statements
import data.amiscan.testing.key_access as tables

# list is what the statements say to the recipient.
list(statements) := listed(tables.policy(statements), tables.account(tables.recipient))

listed(policy, principal) := grant_statements.list(tables.key, policy, principal)

make := tables.allow({"AWS": [tables.recipient]}, ["kms:CreateGrant"])

for_ec2 := {"Bool": {"kms:GrantIsForAWSResource": ["true"]}}

by_hand := {"Bool": {"kms:GrantIsForAWSResource": ["false"]}}

only_for(roles) := {"StringEquals": {"kms:GranteePrincipal": roles}}

test_who_may_and_who_may_not if {
	guard := object.union(tables.deny({"AWS": ["*"]}, ["kms:*"]), {"Sid": "Guard"})
	list([tables.default_statement, make, object.union(make, {"Sid": "Grant"}), guard]) == [
		`statement "Grant"`,
		`statement "Guard"`,
		"statement 2",
	]
}

test_conditions_that_a_person_does_not_meet_are_named if {
	through := {"StringEquals": {"KMS:viaService": ["ec2.eu-west-1.amazonaws.com"], "kms:CallerAccount": [tables.recipient]}}
	role := tables.service_role_arn(tables.recipient)
	[list([tables.on_condition(make, condition)]) | some condition in [for_ec2, through, only_for([role]), {}]] == [
		["statement 1 (kms:GrantIsForAWSResource)"],
		["statement 1 (KMS:viaService)"],
		["statement 1 (kms:GranteePrincipal)"],
		["statement 1"],
	]
	list([tables.on_condition(make, object.union(for_ec2, through))]) == [
		"statement 1 (KMS:viaService, kms:GrantIsForAWSResource)",
	]
}

test_what_holds_for_ec2_or_by_hand_alone if {
	list([tables.on_condition(make, by_hand), tables.on_condition(make, for_ec2)]) == [
		"statement 1 (kms:GrantIsForAWSResource)",
		"statement 2 (kms:GrantIsForAWSResource)",
	]
	denial := tables.deny({"AWS": ["*"]}, ["kms:CreateGrant"])
	list([tables.on_condition(denial, by_hand)]) == ["statement 1 (kms:GrantIsForAWSResource)"]
}

test_what_is_unclear_is_listed if {
	tag := {"StringEquals": {"aws:PrincipalTag/team": ["web"]}}
	list([tables.on_condition(make, tag), tables.on_condition(make, "odd")]) == ["statement 1", "statement 2"]
	list([tables.changed(make, {"Principal": "*"}), null]) == ["statement 1", "statement 2"]
}

test_statements_that_say_nothing_of_it if {
	list([
		tables.allow({"AWS": [tables.recipient]}, ["kms:Decrypt"]),
		tables.allow({"AWS": ["777788889999"]}, ["kms:CreateGrant"]),
		tables.deny({"AWS": ["777788889999"]}, ["kms:CreateGrant"]),
		tables.changed(make, {"Resource": ["elsewhere"]}),
		tables.on_condition(make, {"StringEquals": {"kms:CallerAccount": [tables.owner]}}),
	]) == []
}

test_organization if {
	member := {"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}}
	open := tables.allow({"AWS": ["*"]}, ["kms:*"])
	policy := tables.policy([tables.on_condition(open, member), make])
	listed(policy, tables.organization) == ["statement 1", "statement 2"]
}

test_no_statements if listed({"Statement": []}, tables.account(tables.recipient)) == []

test_a_policy_that_is_not_seen_is_named if every policy in [null, {}, {"Statement": "odd"}] {
	listed(policy, tables.account(tables.recipient)) == ["the unseen key policy"]
}
