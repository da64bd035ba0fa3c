package amiscan.encryption.ami_shared_key_not_usable_test

import data.amiscan.encryption.ami_shared_key_not_usable as policy
import data.amiscan.lib.key_access
import data.amiscan.testing.fixtures
import data.amiscan.testing.key_access as tables

recipient := "444455556666"

organization_arn := "arn:aws:organizations::999999999999:organization/o-a1b2c3d4e5"

ou_arn := "arn:aws:organizations::999999999999:ou/o-a1b2c3d4e5/ou-ab12-cdefgh34"

data_snapshot := object.union(fixtures.snapshot, {"SnapshotId": "snap-0b0b0b0b0b0b0b0b0"})

second_key := object.union(
	fixtures.key,
	{"Arn": "arn:aws:kms:eu-west-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab"},
)

# shared is the image, shared with these, its key having these statements, but for the changes to facts.
shared(permissions, statements, changes) := tables.changed(
	fixtures.ami({
		"image": fixtures.image,
		"key_grants": [{"Arn": fixtures.key.Arn, "Grants": []}],
		"key_policies": [{"Arn": fixtures.key.Arn, "Policy": tables.policy(statements)}],
		"keys": [fixtures.key],
		"launch_permissions": permissions,
		"snapshots": [fixtures.snapshot, data_snapshot],
	}),
	changes,
)

to_recipient := [{"UserId": recipient}]

opened := tables.allow({"AWS": [tables.root_arn(recipient)]}, tables.use_actions)

closed(name, principal, permission) := {
	"msg": concat(" ", [
		sprintf("%s cannot launch this image: nothing lets %s use kms:CreateGrant, kms:Decrypt", [name, principal]),
		sprintf("of key %s", [fixtures.key.Arn]),
	]),
	"subject": name,
	"evidence": {"launch_permission": permission, "KmsKeyId": fixtures.key.Arn},
}

closed_to_recipient := closed(recipient, "account 444455556666", {"UserId": recipient})

test_fail_each_grantee_under_the_default_key_policy if {
	permissions := [{"UserId": recipient}, {"OrganizationArn": organization_arn}, {"OrganizationalUnitArn": ou_arn}]
	document := shared(permissions, [tables.default_statement], {})
	policy.violation == {
		closed_to_recipient,
		closed(organization_arn, "organization o-a1b2c3d4e5", {"OrganizationArn": organization_arn}),
		closed(ou_arn, "organizational unit ou-ab12-cdefgh34", {"OrganizationalUnitArn": ou_arn}),
	} with input as document
	policy.undecided == set() with input as document
}

test_fail_whatever_the_grants_where_a_statement_denies if {
	deny := object.union(tables.deny({"AWS": ["*"]}, ["kms:Decrypt"]), {"Sid": "Nobody"})
	grants := [{"Arn": fixtures.key.Arn, "Grants": [tables.grant(tables.root_arn(recipient))]}]
	document := shared(to_recipient, [opened, deny], {"key_grants": grants})
	policy.violation == {{
		"msg": concat(" ", [
			"444455556666 cannot launch this image:",
			`statement "Nobody" denies kms:Decrypt to account 444455556666 on key`,
			fixtures.key.Arn,
		]),
		"subject": recipient,
		"evidence": {"launch_permission": {"UserId": recipient}, "KmsKeyId": fixtures.key.Arn},
	}} with input as document
	policy.undecided == set() with input as document
}

test_fail_disabled_key if {
	document := shared(to_recipient, [opened], {"keys": [object.union(fixtures.key, {"KeyState": "Disabled"})]})
	policy.violation == {{
		"msg": sprintf("444455556666 cannot launch this image: key %s is in the state Disabled", [fixtures.key.Arn]),
		"subject": recipient,
		"evidence": {"launch_permission": {"UserId": recipient}, "KmsKeyId": fixtures.key.Arn},
	}} with input as document
}

test_fail_one_of_two_keys if {
	document := shared(to_recipient, [tables.default_statement], {
		"keys": [fixtures.key, second_key],
		"key_policies": [
			{"Arn": second_key.Arn, "Policy": tables.policy([opened])},
			{"Arn": fixtures.key.Arn, "Policy": tables.policy([tables.default_statement])},
		],
		"key_grants": [{"Arn": fixtures.key.Arn, "Grants": []}, {"Arn": second_key.Arn, "Grants": []}],
		"snapshots": [fixtures.snapshot, object.union(data_snapshot, {"KmsKeyId": second_key.Arn})],
	})
	policy.violation == {closed_to_recipient} with input as document
	policy.undecided == set() with input as document
}

test_pass_open_to_all_grantees if {
	statements := [opened, tables.on_condition(
		tables.allow({"AWS": ["*"]}, tables.use_actions),
		{"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}},
	)]
	permissions := [{"UserId": recipient}, {"OrganizationArn": organization_arn}, {"OrganizationalUnitArn": ou_arn}]
	document := shared(permissions, statements, {})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_pass_open_by_a_grant if {
	grants := [{"Arn": fixtures.key.Arn, "Grants": [tables.grant(tables.root_arn(recipient))]}]
	document := shared(to_recipient, [tables.default_statement], {"key_grants": grants})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_pass_not_shared_or_with_the_owner_and_everybody_only if {
	every permissions in [[], [{"UserId": fixtures.account}, {"Group": "all"}]] {
		policy.violation == set() with input as shared(permissions, [tables.default_statement], {})
		policy.undecided == set() with input as shared(permissions, [tables.default_statement], {"snapshots": []})
	}
}

test_pass_snapshots_in_the_clear if {
	clear := [object.union(object.remove(snapshot, ["KmsKeyId"]), {"Encrypted": false}) |
		some snapshot in [fixtures.snapshot, data_snapshot]
	]
	document := shared(to_recipient, [tables.default_statement], {"snapshots": clear})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_key_that_aws_manages_is_left_to_its_own_policy if {
	managed := object.union(fixtures.key, {"KeyManager": "AWS"})
	document := shared(to_recipient, [tables.default_statement], {"keys": [managed]})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_snapshot_that_the_image_does_not_map if {
	mappings := [{"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"}]
	image := object.union(fixtures.image, {"BlockDeviceMappings": mappings})
	document := shared(to_recipient, [tables.default_statement], {"image": image})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_grants_of_another_key_open_nothing if {
	grants := [
		{"Arn": second_key.Arn, "Grants": [tables.grant(tables.root_arn(recipient))]},
		{"Arn": fixtures.key.Arn, "Grants": []},
	]
	document := shared(to_recipient, [tables.default_statement], {"key_grants": grants})
	policy.violation == {closed_to_recipient} with input as document
}

test_unknown_where_a_condition_is_not_seen if {
	statement := tables.on_condition(
		tables.allow({"AWS": ["*"]}, tables.use_actions),
		{"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}},
	)
	document := shared(to_recipient, [statement], {})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": concat(" ", [
			"statement 1 may or may not allow kms:CreateGrant, kms:Decrypt, kms:DescribeKey,",
			"kms:GenerateDataKeyWithoutPlaintext, kms:ReEncryptFrom, kms:ReEncryptTo to account 444455556666",
			sprintf("on key %s (not seen: aws:PrincipalOrgID). %s", [fixtures.key.Arn, key_access.unseen]),
		]),
		"subject": recipient,
	}} with input as document
}

test_unknown_where_policy_or_grants_or_key_are_not_there if {
	every fact, statement in {
		"key_policies": tables.default_statement,
		"key_grants": tables.default_statement,
		"keys": opened,
	} {
		document := shared(to_recipient, [statement], {fact: []})
		policy.violation == set() with input as document
		{one.subject | some one in policy.undecided} == {recipient} with input as document
	}
}

test_fail_key_that_is_not_there_where_its_policy_is_closed if {
	document := shared(to_recipient, [tables.default_statement], {"keys": []})
	policy.violation == {closed_to_recipient} with input as document
}

test_unknown_snapshots if {
	clear := {"SnapshotId": "snap-0d0d0d0d0d0d0d0d0", "Encrypted": false}
	document := shared(to_recipient, [opened], {"snapshots": [fixtures.snapshot, clear]})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": "snap-0b0b0b0b0b0b0b0b0: its key, and so who can use that, is not seen",
		"subject": "snap-0b0b0b0b0b0b0b0b0",
	}} with input as document
}

test_unknown_organization_whose_arn_is_odd if {
	document := shared(
		[{"OrganizationArn": "o-a1b2c3d4e5"}], [tables.on_condition(
			tables.allow({"AWS": ["*"]}, tables.use_actions),
			{"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}},
		)],
		{},
	)
	policy.violation == set() with input as document
	{one.subject | some one in policy.undecided} == {"o-a1b2c3d4e5"} with input as document
}
