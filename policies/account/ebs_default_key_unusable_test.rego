package amiscan.account.ebs_default_key_unusable_test

import data.amiscan.account.ebs_default_key_unusable as policy
import data.amiscan.lib.key_access
import data.amiscan.testing.fixtures
import data.amiscan.testing.key_access as tables

role := fixtures.auto_scaling_role

fleet_role := "arn:aws:iam::111122223333:role/aws-service-role/ec2fleet.amazonaws.com/AWSServiceRoleForEC2Fleet"

foreign_arn := "arn:aws:kms:eu-west-1:444455556666:key/0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d"

foreign_key := object.union(fixtures.key, {"Arn": foreign_arn, "AWSAccountId": "444455556666"})

# unit is one whose groups launch under the default key, the key having these statements, but for the changes to facts.
unit(statements, changes) := tables.changed(
	fixtures.settings({
		"default_key_policies": [{"Arn": fixtures.key.Arn, "Policy": tables.policy(statements)}],
		"default_key_service_role_grants": [{"Arn": fixtures.key.Arn, "Grants": []}],
		"default_keys": [fixtures.key],
		"ebs_default_kms_key": {"KmsKeyId": fixtures.key.Arn},
		"launching_roles": [role],
	}),
	changes,
)

for_roles(arns) := [tables.allow({"AWS": arns}, array.concat(tables.service_role_actions, ["kms:CreateGrant"]))]

granted(arn, grants) := {"default_key_service_role_grants": [{"Arn": arn, "Grants": grants}]}

# of_another_account is the default key being another account's, whose policy is not seen.
of_another_account(changes) := unit([], object.union(
	{"default_key_policies": [], "default_keys": [foreign_key], "ebs_default_kms_key": {"KmsKeyId": foreign_arn}},
	changes,
))

which := "(from shared encrypted images and, with encryption by default on, from those in the clear)"

broken(name, reason) := {
	"msg": sprintf("the EBS default key can't be used, and launches that need it fail %s: %s", [which, reason]),
	"subject": "",
	"evidence": {"KmsKeyId": name},
}

closed(arn, reason) := {
	"msg": sprintf(
		"the EBS default key is closed to a role, whose launches that need it end with Client.InternalError %s: %s",
		[which, reason],
	),
	"subject": arn,
	"evidence": {"KmsKeyId": fixtures.key.Arn, "ServiceLinkedRoleARN": arn},
}

nothing(arn) := sprintf("nothing lets service-linked role %s use %s of key %s", [
	arn,
	"kms:CreateGrant, kms:Decrypt, kms:GenerateDataKeyWithoutPlaintext",
	fixtures.key.Arn,
])

silent(document) if {
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

# subjects are those of what is undecided, where nothing is certain.
subjects(document) := undecided if {
	policy.violation == set() with input as document
	undecided := {one.subject | some one in policy.undecided} with input as document
}

test_fail_key_that_nobody_can_use if {
	every state in ["Disabled", "PendingDeletion", "PendingReplicaDeletion", "PendingImport", "Unavailable"] {
		document := unit([tables.default_statement], {"default_keys": [object.union(fixtures.key, {"KeyState": state})]})
		want := broken(fixtures.key.Arn, sprintf("key %s is in the state %s", [fixtures.key.Arn, state]))
		policy.violation == {want} with input as document
		policy.undecided == set() with input as document
	}
}

test_fail_key_that_is_gone if {
	every name in [fixtures.key.Arn, "alias/golden", fixtures.key.KeyId] {
		document := unit([], {"default_keys": [], "ebs_default_kms_key": {"KmsKeyId": name}})
		policy.violation == {broken(name, sprintf("key %s does not exist any more", [name]))} with input as document
		policy.undecided == set() with input as document
	}
}

test_fail_closed_to_each_role if {
	document := unit([], {"launching_roles": [role, fleet_role]})
	policy.violation == {closed(role, nothing(role)), closed(fleet_role, nothing(fleet_role))} with input as document
	policy.undecided == set() with input as document
}

test_fail_closed_to_one_of_two_roles if {
	document := unit(for_roles([role]), {"launching_roles": [role, fleet_role]})
	policy.violation == {closed(fleet_role, nothing(fleet_role))} with input as document
}

test_fail_denied_whatever_the_grants if {
	statements := array.concat(for_roles([role]), [tables.deny({"AWS": ["*"]}, ["kms:Decrypt"])])
	document := object.remove(unit(statements, {}), ["default_key_service_role_grants"])
	reason := sprintf("statement 2 denies kms:Decrypt to service-linked role %s on key %s", [role, fixtures.key.Arn])
	policy.violation == {closed(role, reason)} with input as document
}

test_fail_without_the_data_key_for_new_volumes if {
	actions := ["kms:DescribeKey", "kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey", "kms:CreateGrant"]
	document := unit([tables.allow({"AWS": [role]}, actions)], {})
	reason := replace(nothing(role), "kms:CreateGrant, kms:Decrypt, ", "")
	policy.violation == {closed(role, reason)} with input as document
}

test_pass_open_to_the_roles if {
	silent(unit(for_roles([role, fleet_role]), {"launching_roles": [role, fleet_role]}))
	silent(object.remove(unit(for_roles([role]), {}), ["default_key_service_role_grants"]))
}

test_pass_open_by_a_grant if silent(unit([], granted(fixtures.key.Arn, [tables.grant(role)])))

test_pass_key_that_aws_manages if {
	managed := {"default_keys": [object.union(fixtures.key, {"KeyManager": "AWS"})], "default_key_policies": []}
	silent(unit([], managed))
	every name in ["alias/aws/ebs", "arn:aws:kms:eu-west-1:111122223333:alias/aws/ebs"] {
		silent(unit([], {"default_keys": [], "ebs_default_kms_key": {"KmsKeyId": name}}))
	}
}

test_near_no_role_launches_here if silent(unit([tables.default_statement], {"launching_roles": []}))

test_near_alias_that_only_ends_alike if {
	document := unit([], {"default_keys": [], "ebs_default_kms_key": {"KmsKeyId": "alias/not-alias/aws/ebs"}})
	count(policy.violation) == 1 with input as document
}

test_pass_grant_on_a_key_of_another_account if {
	silent(of_another_account(granted(foreign_arn, [tables.grant(role)])))
}

test_undecided_key_of_another_account if {
	subjects(of_another_account(granted(foreign_arn, []))) == {role}
	document := of_another_account({"default_keys": []})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": sprintf("key %s, another account's, is not found: gone, or not shown", [foreign_arn]),
		"subject": "",
	}} with input as document
}

test_undecided_state_that_is_not_known if {
	document := unit(for_roles([role]), {"default_keys": [object.union(fixtures.key, {"KeyState": "Creating"})]})
	{one.msg | some one in policy.undecided; one.subject == ""} == {
		sprintf("key %s is in the state Creating", [fixtures.key.Arn]),
	} with input as document
	policy.violation == set() with input as document
}

test_undecided_without_a_soft_action if {
	document := unit([tables.allow({"AWS": [role]}, tables.use_actions)], {})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": sprintf("whether the EBS default key can be used is open: %s use %s of key %s. %s", [
			sprintf("nothing lets service-linked role %s", [role]),
			"kms:Encrypt, kms:GenerateDataKey",
			fixtures.key.Arn,
			key_access.unseen,
		]),
		"subject": role,
	}} with input as document
}

test_undecided_policy_or_grants_not_there if {
	subjects(unit([tables.default_statement], {"default_key_policies": []})) == {role}
	subjects(unit([tables.default_statement], {"default_key_service_role_grants": []})) == {role}
}

test_undecided_without_a_default_key if {
	document := unit([], {"default_keys": [], "ebs_default_kms_key": {}})
	policy.violation == set() with input as document
	policy.undecided == {{"msg": "EC2 does not say which key EBS takes by default", "subject": ""}} with input as document
}
