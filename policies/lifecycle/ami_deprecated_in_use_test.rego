package amiscan.lifecycle.ami_deprecated_in_use_test

import data.amiscan.lifecycle.ami_deprecated_in_use as policy
import data.amiscan.testing.fixtures

# used is the image with a deprecation date, named by these.
used(date, references) := fixtures.ami({
	"image": object.union(fixtures.image, {"DeprecationTime": date}),
	"references": references,
})

finding(reference, date) := {
	"msg": sprintf(
		"version %d of launch template %q names this image, which is deprecated from %s on",
		[reference.version, reference.name, date],
	),
	"subject": sprintf("%s:%d", [reference.id, reference.version]),
	"evidence": {"DeprecationTime": date, "reference": reference},
}

past := "2026-11-01T00:00:00.000Z"

through_parameter := object.union(fixtures.reference, {
	"id": "lt-0e0e0e0e0e0e0e0e0",
	"name": "batch",
	"version": 12,
	"default": false,
	"parameter": "/golden/web",
})

test_fail_names_each_version if {
	document := used(past, [fixtures.reference, through_parameter])
	want := {finding(fixtures.reference, past), finding(through_parameter, past)}
	policy.violation == want with input as document
}

test_fail_from_the_very_moment if {
	policy.violation == {finding(fixtures.reference, fixtures.now)} with input as used(fixtures.now, [fixtures.reference])
}

test_fail_spells_it_out if {
	policy.violation == {{
		"msg": "version 3 of launch template \"web\" names this image, which is deprecated from 2026-11-01T00:00:00.000Z on",
		"subject": "lt-0d0d0d0d0d0d0d0d0:3",
		"evidence": {"DeprecationTime": past, "reference": fixtures.reference},
	}} with input as used(past, [fixtures.reference])
}

test_due_says_from_when if {
	date := "2027-01-01T00:00:00.000Z"
	want := {object.union(finding(fixtures.reference, date), {"from": date})}
	policy.due == want with input as used(date, [fixtures.reference])
}

test_pass_deprecated_but_named_by_none if policy.violation == set() with input as used(past, [])

test_pass_without_a_date if {
	document := fixtures.ami({
		"image": object.remove(fixtures.image, ["DeprecationTime"]),
		"references": [fixtures.reference],
	})
	policy.violation == set() with input as document
	policy.due == set() with input as document
}

test_near_date_is_one_second_away if {
	policy.violation == set() with input as used("2026-11-22T12:00:01Z", [fixtures.reference])
}

test_near_references_of_other_kinds if {
	other := object.union(fixtures.reference, {"kind": "instance"})
	policy.violation == set() with input as used(past, [other])
}
