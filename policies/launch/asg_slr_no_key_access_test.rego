package amiscan.launch.asg_slr_no_key_access_test

import data.amiscan.launch.asg_slr_no_key_access as policy
import data.amiscan.lib.key_access
import data.amiscan.testing.fixtures
import data.amiscan.testing.key_access as tables

role := fixtures.auto_scaling_role

spot_role := "arn:aws:iam::111122223333:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot"

key_id := "1234abcd-12ab-34cd-56ef-1234567890ab"

foreign_arn := "arn:aws:kms:eu-west-1:444455556666:key/0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d"

foreign_key := object.union(fixtures.key, {"Arn": foreign_arn, "AWSAccountId": "444455556666"})

# as_documented are the two statements of AWS's page on Auto Scaling groups.
as_documented(arn) := [
	tables.allow({"AWS": [arn]}, tables.service_role_actions),
	tables.on_condition(
		tables.allow({"AWS": [arn]}, ["kms:CreateGrant"]),
		{"Bool": {"kms:GrantIsForAWSResource": ["true"]}},
	),
]

# group is one that launches the sound image, its key having these statements, but for the changes to facts.
group(statements, changes) := tables.changed(
	fixtures.auto_scaling_group({
		"key_policies": [{"Arn": fixtures.key.Arn, "Policy": tables.policy(statements)}],
		"key_service_role_grants": [{"Arn": fixtures.key.Arn, "Grants": []}],
	}),
	changes,
)

launching(fields) := {"launches": [tables.changed(fixtures.group_launch, fields)]}

granted(arn, grants) := {"key_service_role_grants": [{"Arn": arn, "Grants": grants}]}

# under is the sound image's snapshots under another key, owned by another account.
under(arn, owner) := {"snapshots": [object.union(snapshot, {"KmsKeyId": arn, "OwnerId": owner}) |
	some snapshot in [fixtures.snapshot, fixtures.data_snapshot]
]}

mapping(ebs) := {"data": {"BlockDeviceMappings": [{"DeviceName": "/dev/sdg", "Ebs": ebs}]}}

finding(devices, problem) := {
	"msg": sprintf(
		"version 3 of launch template web: instances end at launch with Client.InternalError, for want of the key of %s: %s",
		[concat(", ", devices), problem],
	),
	"subject": sprintf("%s AWSServiceRoleForAutoScaling", [key_id]),
	"evidence": {"KmsKeyId": fixtures.key.Arn, "ServiceLinkedRoleARN": role, "devices": devices},
}

nothing(arn, actions, key) := sprintf("nothing lets service-linked role %s use %s of key %s", [arn, actions, key])

hard := "kms:CreateGrant, kms:Decrypt, kms:GenerateDataKeyWithoutPlaintext"

by_default_policy := concat("; ", [
	nothing(role, hard, fixtures.key.Arn),
	concat(" ", [
		`statement "Enable IAM User Permissions" opens the key to the account,`,
		"which does not reach its service-linked roles",
	]),
])

both := ["/dev/sdf", "/dev/xvda"]

silent(document) if {
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

# subjects are those of what is undecided, where nothing is certain.
subjects(document) := undecided if {
	policy.violation == set() with input as document
	undecided := {one.subject | some one in policy.undecided} with input as document
}

test_fail_default_key_policy if {
	document := group([tables.default_statement], {})
	policy.violation == {finding(both, by_default_policy)} with input as document
	policy.undecided == set() with input as document
}

test_fail_statement_denies_whatever_the_grants if {
	deny := object.union(tables.deny({"AWS": ["*"]}, ["kms:Decrypt"]), {"Sid": "Nobody"})
	grants := granted(fixtures.key.Arn, [tables.grant(role)])
	document := object.remove(group(array.concat(as_documented(role), [deny]), grants), ["key_service_role_grants"])
	want := finding(both, sprintf(
		`statement "Nobody" denies kms:Decrypt to service-linked role %s on key %s`,
		[role, fixtures.key.Arn],
	))
	policy.violation == {want} with input as document
	policy.undecided == set() with input as document
}

test_fail_without_create_grant if {
	statements := [tables.allow({"AWS": [role]}, tables.service_role_actions)]
	document := group(statements, {})
	want := finding(both, nothing(role, "kms:CreateGrant", fixtures.key.Arn))
	policy.violation == {want} with input as document
}

test_fail_grant_without_an_operation if {
	operations := [name | some name in tables.operations; name != "GenerateDataKeyWithoutPlaintext"]
	grants := [object.union(tables.grant(role), {"Operations": operations})]
	document := group([], granted(fixtures.key.Arn, grants))
	want := finding(both, nothing(role, "kms:GenerateDataKeyWithoutPlaintext", fixtures.key.Arn))
	policy.violation == {want} with input as document
	policy.undecided == set() with input as document
}

test_fail_each_role_launch_and_named_key_has_its_subject if {
	named := {"Encrypted": true, "KmsKeyId": "alias/data"}
	data_key := object.union(fixtures.key, {"Arn": replace(fixtures.key.Arn, "1234abcd-", "5678abcd-")})
	launches := [object.union(fixtures.group_launch, object.union(mapping(named), fields)) |
		some fields in [
			{"subject": "m7i.large", "service_roles": [role, spot_role]},
			{"subject": "m7i.xlarge", "service_roles": [role]},
		]
	]
	document := group([tables.default_statement], {
		"launches": launches,
		"keys": [data_key],
		"key_names": [{"KmsKeyId": "alias/data", "Arn": data_key.Arn}],
		"key_policies": [{"Arn": data_key.Arn, "Policy": tables.policy([tables.default_statement])}],
		"key_service_role_grants": [{"Arn": data_key.Arn, "Grants": []}],
	})
	{one.subject | some one in policy.violation} == {
		"m7i.large 5678abcd-12ab-34cd-56ef-1234567890ab AWSServiceRoleForAutoScaling",
		"m7i.large 5678abcd-12ab-34cd-56ef-1234567890ab AWSServiceRoleForEC2Spot",
		"m7i.xlarge 5678abcd-12ab-34cd-56ef-1234567890ab AWSServiceRoleForAutoScaling",
	} with input as document
	{one.evidence.devices | some one in policy.violation} == {["/dev/sdg"]} with input as document
	policy.undecided == set() with input as document
}

test_fail_snapshot_key_though_the_volume_gets_another if {
	root := {"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": true, "KmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/gone"}}
	no_data := {"DeviceName": "/dev/sdf", "NoDevice": ""}
	document := group([tables.default_statement], launching({"data": {"BlockDeviceMappings": [root, no_data]}}))
	lacking := replace(by_default_policy, ", kms:GenerateDataKeyWithoutPlaintext", "")
	policy.violation == {finding(["/dev/xvda"], lacking)} with input as document
}

test_fail_fleets_too if {
	fleet := replace(replace(role, "autoscaling", "ec2fleet"), "AutoScaling", "EC2Fleet")
	document := object.union(
		group([tables.default_statement], launching({"service_roles": [fleet], "subject": "m7i.large"})),
		{"kind": "ec2_fleet"},
	)
	{one.subject | some one in policy.violation} == {sprintf("m7i.large %s AWSServiceRoleForEC2Fleet", [key_id])} with input as document
}

test_pass_as_documented if {
	silent(group(as_documented(role), {}))
	silent(object.remove(group(as_documented(role), {}), ["key_service_role_grants"]))
}

test_pass_grant if silent(group([tables.default_statement], granted(fixtures.key.Arn, [tables.grant(role)])))

test_pass_key_that_aws_manages if {
	managed := {"keys": [object.union(fixtures.key, {"KeyManager": "AWS"})], "key_policies": []}
	silent(group([], managed))
}

test_pass_in_the_clear_whatever_is_on_by_default if {
	clear := {"snapshots": [object.remove(object.union(snapshot, {"Encrypted": false}), ["KmsKeyId"]) |
		some snapshot in fixtures.sound.snapshots
	]}
	silent(group([tables.default_statement], clear))
}

test_pass_grant_on_a_key_of_another_account if {
	changes := object.union_n([
		under(foreign_arn, "444455556666"),
		granted(foreign_arn, [tables.grant(role)]),
		{"keys": [foreign_key], "key_policies": []},
	])
	silent(group([], changes))
}

test_near_caller_launches if {
	document := fixtures.launcher({
		"key_policies": [{"Arn": fixtures.key.Arn, "Policy": tables.policy([tables.default_statement])}],
		"key_service_role_grants": [],
	})
	silent(document)
	silent(object.union(document, {"launches": [object.union(fixtures.launch, {"spot_role": spot_role})]}))
}

# Others say so of a key that nobody can use.
test_near_key_that_is_unusable_or_gone if {
	silent(group([tables.default_statement], {"keys": [object.union(fixtures.key, {"KeyState": "Disabled"})]}))
	silent(group([tables.default_statement], {"keys": [], "key_policies": []}))
	silent(group(as_documented(role), launching(mapping({"Encrypted": true, "KmsKeyId": "alias/gone"}))))
	silent(group(as_documented(role), launching(mapping({"KmsKeyId": foreign_arn}))))
	elsewhere := "arn:aws:kms:us-east-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab"
	other := object.union(fixtures.key, {"Arn": elsewhere})
	silent(group(as_documented(role), object.union(
		launching(mapping({"Encrypted": true, "KmsKeyId": elsewhere})),
		{"keys": [fixtures.key, other]},
	)))
}

# launch/lt-kms-key-unusable says so of a key without Encrypted.
test_near_volume_that_ec2_refuses_to_make if {
	root := {"DeviceName": "/dev/xvda", "Ebs": {"KmsKeyId": foreign_arn}}
	no_data := {"DeviceName": "/dev/sdf", "NoDevice": ""}
	silent(group([tables.default_statement], launching({"data": {"BlockDeviceMappings": [root, no_data]}})))
}

# account/ebs-default-key-unusable says so of the default key.
test_near_default_key_that_is_not_named if {
	launches := launching(mapping({"Encrypted": true}))
	silent(group(as_documented(role), object.union(launches, {"ebs_default_kms_key": {"KmsKeyId": foreign_arn}})))
}

test_near_launch_of_another_image if {
	silent(group([tables.default_statement], launching({"image_id": "ami-0f0f0f0f0f0f0f0f0"})))
	silent(group([tables.default_statement], {"images": [object.union(fixtures.image, {"State": "disabled"})]}))
}

test_undecided_role_of_spot_besides if {
	document := group(as_documented(role), launching({"spot_role": spot_role}))
	problem := nothing(spot_role, hard, fixtures.key.Arn)
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": sprintf("version 3 of launch template web: whether the key of %s can be used is open: %s; %s. %s", [
			"/dev/sdf, /dev/xvda",
			"no page of AWS says whether the role of EC2 Spot needs the key here",
			problem,
			key_access.unseen,
		]),
		"subject": sprintf("%s AWSServiceRoleForEC2Spot", [key_id]),
	}} with input as document
}

test_pass_role_of_spot_that_can_use_it if {
	statements := array.concat(as_documented(role), as_documented(spot_role))
	silent(group(statements, launching({"spot_role": spot_role})))
}

test_near_role_of_spot_that_launches_counts_once if {
	fields := {"spot_role": spot_role, "service_roles": [spot_role]}
	document := group([tables.default_statement], launching(fields))
	count(policy.violation) == 1 with input as document
	policy.undecided == set() with input as document
}

test_undecided_group_whose_role_is_not_known if {
	subjects(group([tables.default_statement], launching({"service_roles": []}))) == {sprintf("%s unknown role", [key_id])}
	silent(group([tables.allow({"AWS": ["*"]}, ["kms:*"])], launching({"service_roles": []})))
}

test_undecided_without_a_soft_action if {
	statements := [tables.allow({"AWS": [role]}, tables.use_actions)]
	subjects(group(statements, {})) == {sprintf("%s AWSServiceRoleForAutoScaling", [key_id])}
}

test_undecided_policy_or_grants_not_there if {
	every changes in [{"key_policies": []}, {"key_service_role_grants": []}] {
		subjects(group([tables.default_statement], changes)) == {sprintf("%s AWSServiceRoleForAutoScaling", [key_id])}
	}
}

test_undecided_own_policy_not_there_whatever_the_grants if {
	changes := object.union(granted(fixtures.key.Arn, [tables.grant(role)]), {"key_policies": []})
	subjects(group([], changes)) == {sprintf("%s AWSServiceRoleForAutoScaling", [key_id])}
}

test_undecided_key_of_another_account_without_a_grant if {
	every known in [[], [foreign_key]] {
		changes := object.union_n([
			under(foreign_arn, "444455556666"),
			granted(foreign_arn, []),
			{"keys": known, "key_policies": []},
		])
		subjects(group([], changes)) == {"0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d AWSServiceRoleForAutoScaling"}
		told := "is not seen: only a grant can prove the access"
		some one in policy.undecided with input as group([], changes)
		contains(one.msg, told)
	}
}

test_fail_key_of_another_account_whose_policy_is_seen if {
	changes := object.union_n([
		under(foreign_arn, "444455556666"),
		granted(foreign_arn, []),
		{"keys": [foreign_key], "key_policies": [{"Arn": foreign_arn, "Policy": tables.policy(as_documented(role))}]},
	])
	document := group([], changes)
	{one.evidence.KmsKeyId | some one in policy.violation} == {foreign_arn} with input as document
	policy.undecided == set() with input as document
}

hidden(snapshot, device) := {
	"msg": sprintf("version 3 of launch template web: the key of snapshot %s behind %s, %s, is not seen", [
		snapshot,
		device,
		"and so whether the service-linked role can use it",
	]),
	"subject": device,
}

test_undecided_snapshots_that_are_not_seen if {
	shared := {"images": [object.union(fixtures.image, {"OwnerId": "444455556666"})], "snapshots": []}
	document := group([], shared)
	policy.violation == set() with input as document
	policy.undecided == {
		hidden("snap-0a0a0a0a0a0a0a0a0", "/dev/xvda"),
		hidden("snap-0b0b0b0b0b0b0b0b0", "/dev/sdf"),
	} with input as document
}

test_undecided_snapshot_that_does_not_tell_its_key if {
	vague := {"snapshots": [object.remove(fixtures.snapshot, ["KmsKeyId"]), fixtures.data_snapshot]}
	document := group(as_documented(role), vague)
	policy.violation == set() with input as document
	policy.undecided == {hidden("snap-0a0a0a0a0a0a0a0a0", "/dev/xvda")} with input as document
}

# launch/lt-mapping-snapshot-gone says so of these.
test_near_snapshot_that_is_gone if {
	silent(group(as_documented(role), {"snapshots": []}))
	silent(group(as_documented(role), launching(mapping({"SnapshotId": "snap-0f0f0f0f0f0f0f0f0"}))))
	clear := {"OwnerId": "444455556666", "BlockDeviceMappings": []}
	silent(group([], object.union(
		launching(mapping({"SnapshotId": "snap-0f0f0f0f0f0f0f0f0"})),
		{"images": [object.union(fixtures.image, clear)]},
	)))
}

test_fail_saved_output_that_does_not_tell_its_account if {
	document := object.union(group([tables.default_statement], {}), {"account": "unknown", "region": "unknown"})
	{one.subject | some one in policy.violation} == {sprintf("%s AWSServiceRoleForAutoScaling", [key_id])} with input as document
	policy.undecided == set() with input as document
	silent(object.union(group(as_documented(role), {}), {"account": "unknown", "region": "unknown"}))
}
