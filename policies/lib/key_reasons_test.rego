package amiscan.lib.key_reasons_test

import data.amiscan.lib.key_access
import data.amiscan.testing.key_access as tables

arn := tables.key.Arn

reasons(given) := key_access.judge(given.key, given.policy, given.grants, given.principal, given.use).reasons

launcher := sprintf("role %s", [tables.role_arn(tables.owner)])

service_role := sprintf("service-linked role %s", [tables.service_role_arn(tables.recipient)])

own_service_role := sprintf("service-linked role %s", [tables.service_role_arn(tables.owner)])

test_open_by_a_statement_with_a_sid if {
	reasons(tables.default_policy(tables.role(tables.owner))) == [sprintf(
		`key %s is open to %s by statement "Enable IAM User Permissions"`,
		[arn, launcher],
	)]
}

test_open_by_a_statement_without_a_sid if {
	reasons(tables.question({})) == [sprintf("key %s is open to account 444455556666 by statement 2", [arn])]
}

test_open_by_a_grant if {
	reasons(tables.granted({})) == [sprintf("key %s is open to %s by grant 0123abcd", [arn, service_role])]
}

test_open_by_aws if {
	reasons(tables.aws_managed(tables.role(tables.owner))) == [sprintf(
		"key %s is open to %s by the policy that AWS gave it",
		[arn, launcher],
	)]
}

test_closed_by_aws if {
	reasons(tables.aws_managed(tables.account(tables.recipient))) == [sprintf(
		"key %s is managed by AWS: its policy cannot be changed, so no other account can ever use it",
		[arn],
	)]
}

test_closed_by_each_obstacle if {
	fields := {"KeyState": "Disabled", "KeyUsage": "SIGN_VERIFY"}
	reasons(tables.of_key(fields)) == [
		sprintf("key %s is in the state Disabled", [arn]),
		sprintf("key %s is not a symmetric encryption key (KeyUsage ENCRYPT_DECRYPT, KeySpec SYMMETRIC_DEFAULT)", [arn]),
	]
}

test_closed_by_the_region if {
	principal := tables.changed(tables.account(tables.recipient), {"region": "eu-central-1"})
	reasons(tables.question({"principal": principal})) == [sprintf("key %s is not in the image's Region", [arn])]
}

test_closed_by_what_is_missing if {
	reasons(tables.default_policy(tables.account(tables.recipient))) == [sprintf(
		"nothing lets account 444455556666 use kms:CreateGrant, kms:Decrypt of key %s",
		[arn],
	)]
}

test_closed_by_a_deny if {
	deny := object.union(tables.deny({"AWS": ["*"]}, ["kms:Decrypt", "kms:CreateGrant"]), {"Sid": "NoStrangers"})
	reasons(tables.judged(tables.account(tables.recipient), [deny])) == [sprintf(
		`statement "NoStrangers" denies kms:CreateGrant, kms:Decrypt to account 444455556666 on key %s`,
		[arn],
	)]
}

test_closed_to_a_service_role_although_its_account_is_named if {
	reasons(tables.default_policy(tables.service_role(tables.owner))) == [
		sprintf("nothing lets %s use kms:CreateGrant, kms:Decrypt of key %s", [own_service_role, arn]),
		concat(" ", [
			`statement "Enable IAM User Permissions" opens the key to the account,`,
			"which does not reach its service-linked roles",
		]),
	]
}

test_closed_to_a_foreign_service_role_although_it_is_named if {
	statement := tables.allow({"AWS": [tables.service_role_arn(tables.recipient)]}, ["kms:*"])
	given := {"policy": tables.policy([statement]), "principal": tables.service_role(tables.recipient)}
	reasons(tables.question(given)) == [
		sprintf("nothing lets %s use kms:CreateGrant, kms:Decrypt of key %s", [service_role, arn]),
		"statement 1 names the service-linked role, which helps only within the key's own account: it needs a grant",
	]
}

test_closed_although_a_deleted_role_and_a_service_are_named if {
	statements := [
		tables.allow({"AWS": ["AROACKCEVSQ6C2EXAMPLE"]}, ["kms:*"]),
		tables.allow({"Service": ["ec2.amazonaws.com"]}, ["kms:*"]),
		tables.deny({"Service": ["ec2.amazonaws.com"]}, ["kms:*"]),
		"no statement",
	]
	given := {"policy": tables.policy(array.slice(statements, 0, 3))}
	reasons(tables.question(given)) == [
		sprintf("nothing lets account 444455556666 use kms:CreateGrant, kms:Decrypt of key %s", [arn]),
		"statement 1 names a role or user that was deleted",
		"statement 2 names an AWS service, but EC2 uses keys with the credentials of who launches",
	]
}

test_closed_under_conditions if {
	statements := [tables.on_condition(
		tables.allow({"AWS": [tables.recipient]}, ["kms:*"]),
		{"StringEquals": {"aws:SourceAccount": [tables.recipient]}},
	)]
	reasons(tables.question({"policy": tables.policy(statements)})) == [
		sprintf("nothing lets account 444455556666 use kms:CreateGrant, kms:Decrypt of key %s", [arn]),
		"statement 1 has conditions that do not hold in a launch",
	]
}

test_conditions_on_somebody_else_are_no_hint if {
	statements := [tables.on_condition(
		tables.allow({"AWS": ["arn:aws:iam::999900001111:role/backup"]}, ["kms:*"]),
		{"StringEquals": {"aws:SourceAccount": ["999900001111"]}},
	)]
	reasons(tables.question({"policy": tables.policy(statements)})) == [
		sprintf("nothing lets account 444455556666 use kms:CreateGrant, kms:Decrypt of key %s", [arn]),
	]
}

test_conditions_on_everybody_are_a_hint if {
	statements := [tables.on_condition(
		tables.allow({"AWS": ["*"]}, ["kms:*"]),
		{"StringEquals": {"aws:SourceAccount": [tables.recipient]}},
	)]
	count(reasons(tables.question({"policy": tables.policy(statements)}))) == 2
}

test_conditions_that_hold_for_create_grant_alone_are_no_hint if {
	statements := [tables.on_condition(
		tables.allow({"AWS": [tables.recipient]}, ["kms:*"]),
		{"Bool": {"kms:GrantIsForAWSResource": ["true"]}},
	)]
	reasons(tables.question({"policy": tables.policy(statements)})) == [sprintf(
		"nothing lets account 444455556666 use kms:Decrypt of key %s",
		[arn],
	)]
}

test_undecided_by_a_condition if {
	statements := [tables.on_condition(
		tables.allow({"AWS": ["*"]}, ["kms:Decrypt", "kms:CreateGrant"]),
		{"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"], "aws:PrincipalTag/team": ["web"]}},
	)]
	reasons(tables.question({"policy": tables.policy(statements)})) == [
		concat(" ", [
			"nothing lets account 444455556666 use kms:DescribeKey, kms:GenerateDataKeyWithoutPlaintext,",
			sprintf("kms:ReEncryptFrom, kms:ReEncryptTo of key %s", [arn]),
		]),
		concat(" ", [
			"statement 1 may or may not allow kms:CreateGrant, kms:Decrypt to account 444455556666",
			sprintf("on key %s (not seen: aws:PrincipalOrgID, aws:PrincipalTag/team)", [arn]),
		]),
	]
}

test_undecided_by_a_deny if {
	deny := tables.on_condition(
		tables.deny({"AWS": ["*"]}, ["kms:Decrypt"]),
		{"Bool": {"aws:MultiFactorAuthPresent": ["false"]}},
	)
	reasons(tables.judged(tables.account(tables.recipient), [deny])) == [concat(" ", [
		"statement 2 may or may not deny kms:Decrypt to account 444455556666",
		sprintf("on key %s (not seen: aws:MultiFactorAuthPresent)", [arn]),
	])]
}

test_undecided_without_policy_and_grants if {
	given := {"policy": null, "grants": null, "use": "source"}
	texts := concat("; ", reasons(tables.question(given)))
	contains(texts, "the unseen key policy may or may not allow")
	contains(texts, "the unseen key policy may or may not deny")
	contains(texts, "the unseen grants may or may not allow")
}

test_undecided_key if {
	text := "key that is not known cannot be judged: KMS does not tell who manages it, its state and what it is for"
	text in reasons(tables.question({"key": null}))
}

test_undecided_where_two_pages_disagree if {
	statement := tables.on_condition(
		tables.allow({"AWS": ["*"]}, tables.organization_actions),
		{"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}},
	)
	reasons(tables.question({"policy": tables.policy([statement]), "principal": tables.organization})) == [concat(" ", [
		sprintf("nothing lets organization o-a1b2c3d4e5 use kms:CreateGrant of key %s.", [arn]),
		"AWS's two pages disagree: the one on sharing with organizations leaves it out,",
		"those on encrypted volumes demand it; add kms:CreateGrant with kms:GrantIsForAWSResource to be sure",
	])]
}

test_a_role_that_is_not_known if {
	principal := object.remove(tables.service_role(tables.recipient), ["arn"])
	texts := reasons(tables.question({"principal": principal}))
	every text in texts {
		contains(text, "service-linked role not known")
	}
}

test_ou_in_words if {
	reasons(tables.default_policy(tables.ou)) == [sprintf(
		"nothing lets organizational unit ou-ab12-cdefgh34 use kms:CreateGrant, kms:Decrypt of key %s",
		[arn],
	)]
}

test_only_a_deny_and_what_the_key_is_are_final if {
	final := {name |
		some name, given in {
			"deny": tables.judged(tables.account(tables.recipient), [tables.deny({"AWS": ["*"]}, ["kms:*"])]),
			"state": tables.of_key({"KeyState": "Disabled"}),
			"missing": tables.default_policy(tables.account(tables.recipient)),
			"soft deny": tables.judged(tables.account(tables.recipient), [tables.deny({"AWS": ["*"]}, ["kms:DescribeKey"])]),
			"undecided": tables.of_key({"KeyState": "Creating"}),
		}
		key_access.judge(given.key, given.policy, given.grants, given.principal, given.use).final
	}
	final == {"deny", "state"}
}

test_unseen_names_what_nobody_sees if {
	every word in ["IAM policies", "permissions boundaries", "service and resource control policies", "VPC endpoints"] {
		contains(key_access.unseen, word)
	}
}
