package amiscan.encryption.kms_policy_public_test

import data.amiscan.encryption.kms_policy_public as policy
import data.amiscan.testing.fixtures
import data.amiscan.testing.key_access as tables

key(statements) := fixtures.kms_key({"key_policy": tables.policy(statements)})

everybody := object.union(tables.allow({"AWS": ["*"]}, ["kms:Decrypt"]), {"Sid": "Everybody"})

on(condition) := tables.on_condition(everybody, condition)

open(statement) := {
	"msg": `statement "Everybody" opens the key to everybody: no condition fixes who calls`,
	"subject": `statement "Everybody"`,
	"evidence": object.remove(statement, ["Sid", "Effect", "Resource"]),
}

test_fail_without_conditions if {
	policy.violation == {open(everybody)} with input as key([tables.default_statement, everybody])
	policy.undecided == set() with input as key([tables.default_statement, everybody])
	policy.applies with input as key([everybody])
}

test_fail_not_principal if {
	statement := object.union(object.remove(everybody, ["Principal"]), {"NotPrincipal": {"AWS": ["444455556666"]}})
	policy.violation == {open(statement)} with input as key([statement])
}

test_fail_conditions_that_hold_for_strangers if {
	every condition in [
		{"StringEquals": {"kms:ViaService": ["ec2.eu-west-1.amazonaws.com"]}},
		{"Bool": {"kms:GrantIsForAWSResource": ["true"]}},
		{"StringEqualsIfExists": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}},
		{"StringNotEquals": {"aws:PrincipalAccount": ["444455556666"]}},
		{"ForAllValues:StringLike": {"aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/*"]}},
		{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": ["*"]}},
		{"StringLike": {"aws:PrincipalOrgID": ["o-*"]}},
		{"StringLike": {"kms:CallerAccount": ["444455556666", "*"]}},
		{"ArnLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/launcher"]}},
		{"Null": {"aws:PrincipalOrgID": ["false"]}},
	] {
		policy.violation == {open(on(condition))} with input as key([on(condition)])
		policy.undecided == set() with input as key([on(condition)])
	}
}

test_pass_default_key_policy if {
	policy.violation == set() with input as key([tables.default_statement])
	policy.undecided == set() with input as key([tables.default_statement])
}

test_pass_conditions_that_fix_who_calls if {
	every condition in [
		{"StringEquals": {"kms:CallerAccount": ["444455556666"], "kms:ViaService": ["ec2.eu-west-1.amazonaws.com"]}},
		{"StringEquals": {"aws:principalorgid": ["o-a1b2c3d4e5"]}},
		{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/r-ab12/*"]}},
		{"StringEqualsIgnoreCase": {"aws:PrincipalAccount": ["444455556666", "777788889999"]}},
		{"ArnLike": {"aws:PrincipalArn": ["arn:aws:iam::444455556666:role/*"]}},
		{"ArnLike": {"aws:SourceArn": ["arn:aws:s3:::a-bucket"]}},
		{"StringEquals": {"aws:SourceAccount": ["444455556666"]}},
		{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}, "StringEquals": {"kms:CallerAccount": ["444455556666"]}},
	] {
		policy.violation == set() with input as key([on(condition)])
		policy.undecided == set() with input as key([on(condition)])
	}
}

test_near_deny_to_everybody if {
	statement := tables.deny({"AWS": ["*"]}, ["kms:*"])
	policy.violation == set() with input as key([statement])
	policy.undecided == set() with input as key([statement])
}

test_near_one_account_is_not_everybody if {
	policy.violation == set() with input as key([tables.allow({"AWS": ["444455556666"], "Service": ["*"]}, ["kms:*"])])
}

test_near_key_of_another_account if {
	not policy.applies with input as object.union(key([everybody]), {"account": "222222222222"})
}

test_unknown_conditions_that_may_narrow_it if {
	every condition in [
		{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}},
		{"StringEquals": {"aws:PrincipalTag/team": ["web"]}},
		{"StringEquals": {"kms:ViaService": ["${aws:PrincipalTag/service}"]}},
	] {
		policy.violation == set() with input as key([on(condition)])
		policy.undecided == {{
			"msg": `statement "Everybody" is for everybody; whether its conditions narrow that is not seen`,
			"subject": `statement "Everybody"`,
		}} with input as key([on(condition)])
	}
}

test_unknown_where_a_deny_may_keep_strangers_out if {
	every deny in [
		tables.deny({"AWS": ["*"]}, ["kms:*"]),
		tables.on_condition(
			tables.deny({"AWS": ["*"]}, ["kms:*"]),
			{"StringNotEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}},
		),
		tables.denying_all_but([fixtures.account]),
	] {
		policy.violation == set() with input as key([everybody, deny])
		policy.undecided == {{
			"msg": `statement "Everybody" is open to everybody, unless statement 2 keeps strangers out`,
			"subject": `statement "Everybody"`,
		}} with input as key([everybody, deny])
	}
}

test_fail_all_the_same_where_a_deny_is_about_something_else if {
	every deny in [
		tables.deny({"AWS": ["*"]}, ["kms:ScheduleKeyDeletion"]),
		tables.deny({"AWS": ["444455556666"]}, ["kms:*"]),
		tables.on_condition(tables.deny({"AWS": ["*"]}, ["kms:*"]), {"Bool": {"aws:SecureTransport": ["false"]}}),
	] {
		policy.violation == {open(everybody)} with input as key([everybody, deny])
		policy.undecided == set() with input as key([everybody, deny])
	}
}

test_unknown_statement_that_cannot_be_read if {
	statement := object.remove(everybody, ["Action"])
	policy.violation == set() with input as key([statement])
	policy.undecided == {{
		"msg": `statement "Everybody" cannot be read`,
		"subject": `statement "Everybody"`,
	}} with input as key([statement])
}
