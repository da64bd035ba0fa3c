package amiscan.launch.type_not_offered_in_az_test

import data.amiscan.launch.type_not_offered_in_az as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

offering(name, zone) := {"InstanceType": name, "Location": zone, "LocationType": "availability-zone"}

document(launches, offerings) := boot.document({"facts": {"launches": launches, "type_offerings": offerings}})

launch(name, zones) := object.union(fixtures.launch, {"subject": name, "override": true, "instance_type": name, "zones": zones})

finding(name, zone) := {
	"msg": sprintf(
		"override %s of version 3 of launch template web: %s is not offered in %s: launches there fail",
		[name, name, zone],
	),
	"subject": sprintf("%s %s", [name, zone]),
	"evidence": {"InstanceType": name, "zone": zone},
}

offered := [offering("m7i.large", "eu-west-1a"), offering("m7i.large", "eu-west-1b"), offering("c7i.large", "eu-west-1c")]

test_fail_zone_without_the_type if {
	one := document([launch("m7i.large", ["eu-west-1a", "eu-west-1c"])], offered)
	policy.violation == {finding("m7i.large", "eu-west-1c")} with input as one
	policy.undecided == set() with input as one
}

test_fail_zone_without_any_of_the_types if {
	zones := ["eu-west-1a", "eu-west-1d"]
	policy.violation == {
		finding("m7i.large", "eu-west-1d"),
		finding("c7i.large", "eu-west-1d"),
	} with input as document([launch("m7i.large", zones), launch("c7i.large", zones)], offered)
}

test_pass_offered if silent(document([launch("m7i.large", ["eu-west-1a", "eu-west-1b"])], offered))

test_near_zone_that_another_type_serves if {
	zones := ["eu-west-1a", "eu-west-1c"]
	silent(document([launch("m7i.large", zones), launch("c7i.large", zones)], offered))
	requirements := object.remove(object.union(launch("x", zones), {"requirements": true}), ["instance_type"])
	silent(document([launch("m7i.large", zones), requirements], offered))
}

# A type of another launch serves only the zones of that launch.
test_fail_zone_that_the_other_type_does_not_use if {
	policy.violation == {finding(
		"m7i.large",
		"eu-west-1c",
	)} with input as document([launch("m7i.large", ["eu-west-1c"]), launch("c7i.large", ["eu-west-1a", "eu-west-1b"])], [
		offering("m7i.large", "eu-west-1a"), offering("c7i.large", "eu-west-1a"),
		offering("c7i.large", "eu-west-1b"), offering("c7i.large", "eu-west-1c"),
	])
}

test_near_not_judged if {
	silent(document([launch("m7i.large", [])], offered))
	silent(document([launch("m9x.large", ["eu-west-1a"])], offered))
	silent(document([object.remove(launch("x", ["eu-west-1a"]), ["instance_type"])], offered))
}

test_undecided_local_zone if {
	local := document([launch("m7i.large", ["eu-west-1-lcy-1a"])], offered)
	policy.violation == set() with input as local
	policy.undecided == {{
		"msg": concat(" ", [
			"override m7i.large of version 3 of launch template web:",
			"EC2 does not list m7i.large for eu-west-1-lcy-1a, and it may leave out such zones",
		]),
		"subject": "m7i.large",
	}} with input as local
	silent(document([launch("m7i.large", ["eu-west-1-lcy-1a"])], [offering("m7i.large", "eu-west-1-lcy-1a")]))
}

silent(whole) if {
	policy.violation == set() with input as whole
	policy.undecided == set() with input as whole
}
