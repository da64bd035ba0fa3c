package amiscan.encryption.key_grant_blocked_for_slr_test

import data.amiscan.encryption.key_grant_blocked_for_slr as policy
import data.amiscan.testing.fixtures
import data.amiscan.testing.key_access as tables

recipient := tables.recipient

role := tables.service_role_arn(recipient)

organization_arn := "arn:aws:organizations::999999999999:organization/o-a1b2c3d4e5"

to_recipient := [{"UserId": recipient}]

# shared is the key with these statements beside the default one, an image under it being shared with these, but for the
# changes to facts.
shared(permissions, statements, changes) := tables.changed(
	fixtures.kms_key({
		"grants": [],
		"image_audiences": [{"ImageId": fixtures.image.ImageId, "LaunchPermissions": permissions}],
		"key": fixtures.key,
		"key_policy": tables.policy(array.concat([tables.default_statement], statements)),
	}),
	changes,
)

use := object.union(
	tables.allow({"AWS": [tables.root_arn(recipient)]}, tables.service_role_actions),
	{"Sid": "Use"},
)

create_grant(condition) := object.union(
	tables.on_condition(tables.allow({"AWS": [tables.root_arn(recipient)]}, ["kms:CreateGrant"]), condition),
	{"Sid": "Grant"},
)

for_ec2 := {"Bool": {"kms:GrantIsForAWSResource": ["true"]}}

finding(name, permission, statements) := {
	"msg": sprintf("%s can launch images under the key by hand, but not in groups and fleets, %s: %s", [
		name,
		"as nobody there can make the grant that their service-linked roles need",
		concat(", ", statements),
	]),
	"subject": name,
	"evidence": {"launch_permission": permission, "statements": statements},
}

to_account(statements) := finding(recipient, {"UserId": recipient}, statements)

silent(document) if {
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_fail_for_resources_of_aws_only if {
	document := shared(to_recipient, [use, create_grant(for_ec2)], {})
	policy.violation == {to_account([`statement "Grant" (kms:GrantIsForAWSResource)`])} with input as document
	policy.undecided == set() with input as document
}

test_fail_through_ec2_only if {
	through_ec2 := {"StringEquals": {"kms:ViaService": ["ec2.eu-west-1.amazonaws.com"]}}
	document := shared(to_recipient, [use, create_grant(through_ec2)], {})
	policy.violation == {to_account([`statement "Grant" (kms:ViaService)`])} with input as document
}

test_fail_for_other_grantees_only if {
	others := [
		"arn:aws:iam::444455556666:role/app",
		"arn:aws:iam::777788889999:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
	]
	by_hand := object.union(create_grant({"StringLike": {"kms:GranteePrincipal": others}}), {"Sid": "Hand"})
	document := shared(to_recipient, [use, create_grant(for_ec2), by_hand], {})
	policy.violation == {to_account([
		`statement "Grant" (kms:GrantIsForAWSResource)`,
		`statement "Hand" (kms:GranteePrincipal)`,
	])} with input as document
	policy.undecided == set() with input as document
}

test_fail_denied_unless_for_resources_of_aws if {
	guard := object.union(
		tables.on_condition(tables.deny({"AWS": ["*"]}, ["kms:CreateGrant"]), {"Bool": {"kms:GrantIsForAWSResource": ["false"]}}),
		{"Sid": "Guard"},
	)
	document := shared(to_recipient, [use, create_grant({}), guard], {})
	want := to_account([`statement "Grant"`, `statement "Guard" (kms:GrantIsForAWSResource)`])
	policy.violation == {want} with input as document
}

test_fail_organization if {
	member := {"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}}
	everybody := {"AWS": ["*"]}
	statements := [
		tables.on_condition(tables.allow(everybody, tables.service_role_actions), member),
		tables.on_condition(tables.allow(everybody, ["kms:CreateGrant"]), object.union(member, for_ec2)),
	]
	permission := {"OrganizationArn": organization_arn}
	grants := {"grants": [tables.grant(role)]}
	document := shared([permission], statements, grants)
	want := finding(organization_arn, permission, ["statement 3 (kms:GrantIsForAWSResource)"])
	policy.violation == {want} with input as document
	policy.undecided == set() with input as document
}

test_fail_each_grantee_of_each_image if {
	everybody := [{"UserId": recipient}, {"UserId": "777788889999"}]
	audiences := [{"ImageId": sprintf("ami-%d", [i]), "LaunchPermissions": [permission]} | some i, permission in everybody]
	roots := {"AWS": [tables.root_arn(recipient), tables.root_arn("777788889999")]}
	statements := [object.union(use, {"Principal": roots}), object.union(create_grant(for_ec2), {"Principal": roots})]
	document := shared([], statements, {"image_audiences": audiences})
	{one.subject | some one in policy.violation} == {recipient, "777788889999"} with input as document
}

test_fail_grant_that_is_not_enough_or_for_another if {
	every grant in [
		object.union(tables.grant(role), {"Operations": ["Decrypt", "DescribeKey"]}),
		tables.grant(tables.service_role_arn("777788889999")),
	] {
		document := shared(to_recipient, [use, create_grant(for_ec2)], {"grants": [grant]})
		count(policy.violation) == 1 with input as document
	}
}

test_pass_without_condition if silent(shared(to_recipient, [use, create_grant({})], {}))

test_pass_settled_without_grants if {
	silent(object.remove(shared(to_recipient, [use, create_grant({})], {}), ["grants"]))
}

# for_grantee lets EC2 make grants, and people one for the grantee.
for_grantee(name) := shared(to_recipient, [use, create_grant(for_ec2), by_hand], {}) if {
	by_hand := create_grant({"StringLike": {"kms:GranteePrincipal": [name]}})
}

test_pass_for_the_roles_of_groups if {
	silent(for_grantee(role))
	silent(for_grantee("arn:aws:iam::444455556666:role/aws-service-role/*"))
}

test_pass_for_the_roles_of_fleets_and_spot if {
	every name in [
		"ec2fleet.amazonaws.com/AWSServiceRoleForEC2Fleet",
		"spotfleet.amazonaws.com/AWSServiceRoleForEC2SpotFleet",
		"spot.amazonaws.com/AWSServiceRoleForEC2Spot",
	] {
		silent(for_grantee(sprintf("arn:aws:iam::444455556666:role/aws-service-role/%s", [name])))
	}
}

test_pass_for_roles_with_a_suffix if {
	every name in [
		"arn:aws:iam::444455556666:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_web",
		"arn:aws:iam::*:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_web",
		"*AWSServiceRoleForAutoScaling_web",
	] {
		silent(for_grantee(name))
	}
}

test_pass_role_that_has_its_grant if {
	silent(shared(to_recipient, [use, create_grant(for_ec2)], {"grants": [tables.grant(role)]}))
	parts := [object.union(tables.grant(role), {"Operations": operations}) |
		some operations in [["CreateGrant", "DescribeKey"], [name | some name in tables.operations; name != "CreateGrant"]]
	]
	silent(shared(to_recipient, [use, create_grant(for_ec2)], {"grants": parts}))
}

test_pass_grant_that_can_be_handed_on if {
	silent(shared(to_recipient, [use, create_grant(for_ec2)], {"grants": [tables.grant(tables.root_arn(recipient))]}))
}

test_near_closed_key if {
	silent(shared(to_recipient, [], {}))
	silent(shared(to_recipient, [use], {}))
	silent(shared(to_recipient, [use, create_grant(for_ec2)], {"key": object.union(fixtures.key, {"KeyState": "Disabled"})}))
}

test_near_not_shared if {
	silent(shared([], [use, create_grant(for_ec2)], {}))
	silent(shared([{"UserId": fixtures.account}, {"Group": "all"}], [use, create_grant(for_ec2)], {}))
}

test_pass_not_applicable if {
	document := shared(to_recipient, [use, create_grant(for_ec2)], {})
	policy.applies with input as document
	every changes in [{"unit_account": recipient}, {"image_audiences": []}, {"key": null}] {
		not policy.applies with input as object.union(document, changes)
		silent(object.union(document, changes))
	}
}

test_undecided_condition_that_nobody_sees if {
	from_office := {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}}
	by_hand := object.union(create_grant(from_office), {"Sid": "Hand"})
	document := shared(to_recipient, [use, create_grant(for_ec2), by_hand], {})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": sprintf("whether somebody of %s can make the grant that service-linked roles need is open: %s", [
			recipient,
			`statement "Grant" (kms:GrantIsForAWSResource), statement "Hand"`,
		]),
		"subject": recipient,
	}} with input as document
}

test_undecided_grant_that_may_be_enough if {
	bound := object.union(tables.grant(role), {"Constraints": {"EncryptionContextSubset": {"team": "web"}}})
	document := shared(to_recipient, [use, create_grant(for_ec2)], {"grants": [bound]})
	policy.violation == set() with input as document
	{one.subject | some one in policy.undecided} == {recipient} with input as document
}

test_undecided_organization_of_whose_roles_nobody_knows if {
	member := {"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}}
	everybody := {"AWS": ["*"]}
	statements := [
		tables.on_condition(tables.allow(everybody, tables.service_role_actions), member),
		tables.on_condition(tables.allow(everybody, ["kms:CreateGrant"]), object.union(member, for_ec2)),
		tables.on_condition(
			tables.allow(everybody, ["kms:CreateGrant"]),
			{"StringLike": {"kms:GranteePrincipal": ["arn:aws:iam::*:role/aws-service-role/*"]}},
		),
	]
	document := shared([{"OrganizationArn": organization_arn}], statements, {})
	policy.violation == set() with input as document
	{one.subject | some one in policy.undecided} == {organization_arn} with input as document
}
