package amiscan.content.lt_userdata_secret_test

import data.amiscan.content.lt_userdata_secret as policy
import data.amiscan.testing.fixtures

secret := {"Rule": "aws-access-token", "Description": "an AWS access key", "Line": 4}

version(number, fields) := object.union(
	{"VersionNumber": number, "Length": 812, "Sha256": "5f0c", "Secrets": []},
	fields,
)

template(versions) := fixtures.launch_template({"user_data": versions})

finding(number, place, found) := {
	"msg": sprintf("the user data of version %d holds what looks like a secret: %s", [number, place]),
	"subject": sprintf("%d %s", [number, place]),
	"evidence": found,
}

test_fail_each_secret_of_each_version if {
	other := {"Rule": "generic-api-key", "Description": "a key", "Line": 9, "Part": "2"}
	document := template([version(3, {"Secrets": [secret]}), version(4, {"Secrets": [secret, other]})])
	policy.violation == {
		finding(3, "aws-access-token, line 4", secret),
		finding(4, "aws-access-token, line 4", secret),
		finding(4, "generic-api-key, line 9 of part 2", other),
	} with input as document
	policy.undecided == set() with input as document
}

test_fail_though_not_all_could_be_searched if {
	document := template([version(3, {"Secrets": [secret], "Unread": "its MIME parts are damaged"})])
	policy.violation == {finding(3, "aws-access-token, line 4", secret)} with input as document
	count(policy.undecided) == 1 with input as document
}

test_pass_no_secret if {
	document := template([version(3, {}), version(4, {"Unread": ""})])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_no_user_data if {
	document := template([{"VersionNumber": 3, "Length": 0, "Secrets": []}])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_undecided_not_searched_in_full if {
	document := template([version(3, {}), version(4, {"Unread": "some of it is not text"})])
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": "the user data of version 4 could not be searched in full: some of it is not text",
		"subject": "4",
	}} with input as document
}
