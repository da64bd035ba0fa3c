package amiscan.encryption.kms_policy_broad_test

import data.amiscan.encryption.kms_policy_broad as policy
import data.amiscan.testing.fixtures
import data.amiscan.testing.key_access as tables

no_params := {"trusted_accounts": []}

trusting := {"trusted_accounts": ["444455556666"]}

key(statements) := fixtures.kms_key({"key_policy": tables.policy(statements)})

root := "arn:aws:iam::444455556666:root"

third_party(entry) := {
	"msg": concat(" ", [
		sprintf("statement 1 opens the key to %s;", [entry]),
		"to trust it: params: {trusted_accounts: [\"444455556666\"]}",
	]),
	"subject": sprintf("statement 1, %s", [entry]),
	"evidence": {"Principal": entry},
}

administers(entry, action) := {
	"msg": sprintf("statement 1 lets %s administer the key: %s", [entry, action]),
	"subject": sprintf("statement 1, %s", [entry]),
	"evidence": {"Principal": entry},
}

test_fail_accounts_that_are_not_trusted if {
	role := "arn:aws:iam::444455556666:role/launcher"
	document := key([tables.allow({"AWS": [root, role, "444455556666"]}, ["kms:Decrypt"])])
	policy.violation == {third_party(root), third_party(role), third_party("444455556666")} with input as document
		with data.params as no_params
	policy.undecided == set() with input as document
	policy.applies with input as document
}

test_fail_administration_by_another_account if {
	document := key([tables.allow({"AWS": [root]}, ["kms:*"])])
	policy.violation == {
		administers(root, "kms:PutKeyPolicy"),
		administers(root, "kms:ScheduleKeyDeletion"),
	} with input as document with data.params as trusting
}

test_fail_not_action if {
	statement := object.union(
		object.remove(tables.default_statement, ["Action"]),
		{"NotAction": ["kms:Put*", "kms:ScheduleKeyDeletion"]},
	)
	policy.violation == {{
		"msg": `statement "Enable IAM User Permissions" allows all actions but kms:Put*, kms:ScheduleKeyDeletion`,
		"subject": `statement "Enable IAM User Permissions"`,
		"evidence": {"NotAction": ["kms:Put*", "kms:ScheduleKeyDeletion"]},
	}} with input as key([statement]) with data.params as no_params
}

test_pass_default_key_policy_and_a_trusted_account if {
	document := key([tables.default_statement, tables.allow({"AWS": [root]}, tables.use_actions)])
	policy.violation == set() with input as document with data.params as trusting
	policy.undecided == set() with input as document
}

test_near_roles_of_the_own_account_services_and_everybody if {
	statement := tables.allow(
		{
			"AWS": ["arn:aws:iam::111122223333:role/admin", "*", "AROACKCEVSQ6C2EXAMPLE"],
			"Service": ["cloudtrail.amazonaws.com"],
		},
		["kms:*"],
	)
	policy.violation == set() with input as key([statement]) with data.params as no_params
}

test_near_deny_of_another_account if {
	policy.violation == set() with input as key([tables.deny({"AWS": [root]}, ["kms:*"])]) with data.params as no_params
}

test_near_key_of_another_account if {
	not policy.applies with input as object.union(key([]), {"account": "222222222222"})
}

test_unknown_statement_that_cannot_be_read if {
	policy.violation == set() with input as key([{"Effect": "Allow"}]) with data.params as no_params
	policy.undecided == {{
		"msg": "statement 1 cannot be read",
		"subject": "statement 1",
	}} with input as key([{"Effect": "Allow"}])
}
