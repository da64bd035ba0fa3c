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

# launched says that something else than a template launches the image.
launched(kind, id, edge, fields) := object.union(
	{
		"kind": kind,
		"id": id,
		"name": id,
		"edge": edge,
		"subject": "",
		"version": 0,
		"default": false,
		"latest": false,
	},
	fields,
)

from_version := {"template_id": "lt-0d0d0d0d0d0d0d0d0", "version": 2}

other_finding(who, subject, reference) := {
	"msg": sprintf("%s names this image, which is deprecated from %s on", [who, past]),
	"subject": subject,
	"evidence": {"DeprecationTime": past, "reference": object.remove(reference, ["subject"])},
}

test_fail_launch_configuration if {
	reference := launched("launch_configuration", "old", "direct", {})
	want := {other_finding("launch configuration \"old\"", "launch_configuration old", reference)}
	policy.violation == want with input as used(past, [reference])
}

test_fail_fleet_with_specifications_of_its_own if {
	references := [launched("spot_fleet", "sfr-1", "direct", {"subject": type}) | some type in ["m5.large", "m6i.large"]]
	want := {other_finding("Spot Fleet \"sfr-1\"", "spot_fleet sfr-1", references[0])}
	policy.violation == want with input as used(past, references)
}

test_fail_version_that_a_group_names_by_number if {
	reference := launched("auto_scaling_group", "web", "pinned", from_version)
	want := {other_finding(
		"Auto Scaling group \"web\", with version 2 of lt-0d0d0d0d0d0d0d0d0,",
		"auto_scaling_group web, with version 2 of lt-0d0d0d0d0d0d0d0d0",
		reference,
	)}
	policy.violation == want with input as used(past, [reference])
}

test_fail_overrides_of_a_fleet_in_one if {
	fields := object.union(from_version, {"default": true})
	references := [launched("ec2_fleet", "fleet-1", "override", object.union(fields, {"subject": type})) |
		some type in ["m7g.large", "m8g.large"]
	]
	want := {other_finding(
		"EC2 Fleet \"fleet-1\", with version 2 of lt-0d0d0d0d0d0d0d0d0,",
		"ec2_fleet fleet-1, with version 2 of lt-0d0d0d0d0d0d0d0d0",
		references[0],
	)}
	policy.violation == want with input as used(past, references)
}

test_due_says_from_when_for_others_too if {
	reference := launched("launch_configuration", "old", "direct", {})
	date := "2027-01-01T00:00:00.000Z"
	policy.violation == set() with input as used(date, [reference])
	{member.from | some member in policy.due} == {date} with input as used(date, [reference])
}

test_near_told_of_the_template_or_the_configuration if {
	references := [
		launched("auto_scaling_group", "web", "default", from_version),
		launched("ec2_fleet", "fleet-1", "latest", from_version),
		launched("auto_scaling_group", "old", "direct", {}),
	]
	policy.violation == set() with input as used(past, references)
}

test_near_references_of_other_kinds if {
	other := object.union(fixtures.reference, {"kind": "instance"})
	policy.violation == set() with input as used(past, [other])
}
