package amiscan.launch.lt_default_behind_latest_test

import data.amiscan.launch.lt_default_behind_latest as policy
import data.amiscan.testing.fixtures

version(number, fields) := object.union(
	object.union(fixtures.template_version, {"VersionNumber": number, "DefaultVersion": false}),
	fields,
)

current(number) := version(number, {"DefaultVersion": true})

template(versions) := fixtures.launch_template({"template_versions": versions})

finding(default_number, latest_number) := {
	"msg": sprintf(
		"version %d is the default, version %d the latest: launches by default miss what is newer",
		[default_number, latest_number],
	),
	"evidence": {"DefaultVersionNumber": default_number, "LatestVersionNumber": latest_number},
}

test_fail_default_is_older if {
	document := template([current(3), version(12, {})])
	policy.applies with input as document
	policy.violation == {finding(3, 12)} with input as document
	policy.undecided == set() with input as document
}

test_fail_whatever_the_order if {
	policy.violation == {finding(9, 10)} with input as template([version(10, {}), current(9), version(2, {})])
}

test_pass_default_is_the_latest if {
	document := template([version(3, {}), current(12)])
	policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_only_version if policy.violation == set() with input as template([current(1)])

test_near_managed_by_ec2 if {
	not policy.applies with input as template([current(1), version(2, {"Operator": {"Managed": true}})])
	policy.applies with input as template([current(1), version(2, {"Operator": {"Managed": false}})])
}

test_near_made_by_a_service if {
	role := "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForAmazonEKSNodegroup/EKS"
	not policy.applies with input as template([current(1), version(2, {"CreatedBy": role})])
}

test_undecided_without_the_default if {
	document := template([version(4, {}), version(5, {})])
	policy.violation == set() with input as document
	policy.undecided == {{"msg": "the template's default version is not among the versions that were seen"}} with input as document
}
