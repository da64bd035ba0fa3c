package amiscan.lifecycle.ami_too_old_test

import data.amiscan.lifecycle.ami_too_old as policy
import data.amiscan.testing.fixtures

params := {"max_age_days": 90}

made(date, fields) := fixtures.with_image(object.union({"CreationDate": date}, fields))

old := "2026-08-24T12:00:00.000Z"

finding(date, days) := {
	"msg": sprintf("the image of %s is more than %d days old", [date, days]),
	"evidence": {"CreationDate": date, "max_age_days": days},
}

test_fail_on_the_day_it_is_too_old if {
	policy.violation == {{
		"msg": "the image of 2026-08-24T12:00:00.000Z is more than 90 days old",
		"evidence": {"CreationDate": old, "max_age_days": 90},
	}} with input as made(old, {}) with data.params as params
	policy.applies with input as made(old, {}) with data.params as params
}

test_fail_without_a_deprecation_date if {
	undated := object.remove(fixtures.image, ["DeprecationTime"])
	document := fixtures.ami({"image": object.union(undated, {"CreationDate": old})})
	policy.violation == {finding(old, 90)} with input as document with data.params as params
}

test_fail_by_the_given_age if {
	date := "2026-11-12T12:00:00.000Z"
	policy.violation == {finding(date, 10)} with input as made(date, {}) with data.params as {"max_age_days": 10}
}

test_due_says_from_when_until_when if {
	policy.due == {object.union(finding("2026-10-01T08:30:00.000Z", 90), {
		"from": "2026-12-30T08:30:00Z",
		"until": "2027-10-01T08:30:00.000Z",
	})} with input as fixtures.ami({"image": fixtures.image}) with data.params as params
}

test_pass_young_image if {
	document := fixtures.ami({"image": fixtures.image})
	policy.violation == set() with input as document with data.params as params
	policy.undecided == set() with input as document with data.params as params
}

test_near_one_second_short if {
	policy.violation == set() with input as made("2026-08-24T12:00:01.000Z", {}) with data.params as params
}

test_near_old_but_deprecated if {
	document := made(old, {"DeprecationTime": fixtures.now})
	policy.violation == set() with input as document with data.params as params
}

test_near_not_applicable_to_images_that_are_not_available if {
	every state in ["pending", "disabled", "failed"] {
		not policy.applies with input as made(old, {"State": state}) with data.params as params
		policy.violation == set() with input as made(old, {"State": state}) with data.params as params
		undated := object.remove(object.union(fixtures.image, {"State": state}), ["CreationDate"])
		policy.undecided == set() with input as fixtures.ami({"image": undated}) with data.params as params
	}
}

test_near_not_applicable_to_backups if {
	document := made(old, {"Tags": [{"Key": "aws:dlm:lifecycle-policy-id", "Value": "policy-0123456789abcdef0"}]})
	not policy.applies with input as document with data.params as params
	policy.violation == set() with input as document with data.params as params
	policy.due == set() with input as document with data.params as params
}

test_unknown_without_a_creation_date if {
	document := fixtures.without_image(["CreationDate"])
	policy.violation == set() with input as document with data.params as params
	policy.undecided == {{"msg": "the image does not say when it was created"}} with input as document
		with data.params as params
}
