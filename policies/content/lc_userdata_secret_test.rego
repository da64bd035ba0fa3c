package amiscan.content.lc_userdata_secret_test

import data.amiscan.content.lc_userdata_secret as policy
import data.amiscan.testing.fixtures

secret := {"Rule": "aws-access-token", "Description": "an AWS access key", "Line": 4, "Part": "1"}

configuration(fields) := fixtures.document("launch_configuration", "web", "", {"user_data": object.union(
	{"Length": 812, "Sha256": "5f0c", "Secrets": []},
	fields,
)})

finding(place, found) := {
	"msg": sprintf("the user data of the launch configuration holds what looks like a secret: %s", [place]),
	"subject": place,
	"evidence": found,
}

test_fail_each_secret if {
	other := {"Rule": "aws-access-token", "Description": "an AWS access key", "Line": 5}
	document := configuration({"Secrets": [secret, other]})
	policy.violation == {
		finding("aws-access-token, line 4 of part 1", secret),
		finding("aws-access-token, line 5", other),
	} with input as document
	policy.undecided == set() with input as document
}

test_pass_no_secret if {
	policy.violation == set() with input as configuration({})
	policy.undecided == set() with input as configuration({})
}

test_near_no_user_data if {
	document := configuration({"Length": 0, "Sha256": "", "Unread": ""})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_undecided_not_searched_in_full if {
	document := configuration({"Unread": "some of it is not text"})
	policy.violation == set() with input as document
	policy.undecided == {{"msg": concat(" ", [
		"the user data of the launch configuration could not be searched in full:",
		"some of it is not text",
	])}} with input as document
}
