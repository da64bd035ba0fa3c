package amiscan.lifecycle.ami_deprecated_in_use_elsewhere_test

import data.amiscan.lifecycle.ami_deprecated_in_use_elsewhere as policy
import data.amiscan.testing.fixtures

past := "2026-11-01T00:00:00.000Z"

# used is the image with a deprecation date, launched by these of other accounts.
used(date, references) := fixtures.ami({
	"image": object.union(fixtures.image, {"DeprecationTime": date}),
	"references_elsewhere": references,
})

template(account) := object.union(fixtures.reference, {"account": account, "edge": "default", "subject": "3"})

group := {
	"account": "444455556666",
	"kind": "auto_scaling_group",
	"id": "web",
	"name": "web",
	"edge": "override",
	"subject": "m7g.large",
	"version": 2,
	"template_id": "lt-0d0d0d0d0d0d0d0d0",
	"default": false,
	"latest": false,
}

finding(account, date) := {
	"msg": concat(" ", [
		sprintf("in account %s version 3 of launch template \"web\" names this image,", [account]),
		sprintf("which is deprecated from %s on", [date]),
	]),
	"subject": sprintf("%s lt-0d0d0d0d0d0d0d0d0:3", [account]),
	"evidence": {"DeprecationTime": date, "reference": template(account)},
}

test_fail_each_account if {
	document := used(past, [template("444455556666"), template("555566667777")])
	policy.violation == {finding("444455556666", past), finding("555566667777", past)} with input as document
}

test_fail_from_the_very_moment if {
	policy.violation == {finding("444455556666", fixtures.now)} with input as used(fixtures.now, [template("444455556666")])
}

test_fail_overrides_of_a_group_in_one if {
	document := used(past, [group, object.union(group, {"subject": "m8g.large"})])
	policy.violation == {{
		"msg": concat(" ", [
			"in account 444455556666 Auto Scaling group \"web\", with version 2 of lt-0d0d0d0d0d0d0d0d0,",
			"names this image, which is deprecated from 2026-11-01T00:00:00.000Z on",
		]),
		"subject": "444455556666 auto_scaling_group web, with version 2 of lt-0d0d0d0d0d0d0d0d0",
		"evidence": {"DeprecationTime": past, "reference": object.remove(group, ["subject"])},
	}} with input as document
}

test_due_says_from_when if {
	date := "2027-01-01T00:00:00.000Z"
	document := used(date, [template("444455556666")])
	policy.due == {object.union(finding("444455556666", date), {"from": date})} with input as document
	policy.violation == set() with input as document
}

test_pass_deprecated_but_launched_by_none if policy.violation == set() with input as used(past, [])

test_pass_without_a_date if {
	document := fixtures.ami({
		"image": object.remove(fixtures.image, ["DeprecationTime"]),
		"references_elsewhere": [template("444455556666")],
	})
	policy.due == set() with input as document
}

test_near_date_is_one_second_away if {
	policy.violation == set() with input as used("2026-11-22T12:00:01Z", [template("444455556666")])
}

test_near_group_whose_template_is_named if {
	document := used(past, [object.union(group, {"edge": "default"})])
	policy.violation == set() with input as document
}
