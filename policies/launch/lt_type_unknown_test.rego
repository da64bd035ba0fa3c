package amiscan.launch.lt_type_unknown_test

import data.amiscan.launch.lt_type_unknown as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

finding := {
	"msg": "version 3 of launch template web: m7i.large is no instance type of this Region: the launch fails",
	"subject": "3",
	"evidence": {"InstanceType": "m7i.large"},
}

test_fail_type_that_is_not_there if {
	other := object.union(fixtures.instance_type, {"InstanceType": "m7i.xlarge"})
	every document in [
		boot.document({"facts": {"instance_types": []}}),
		boot.document({"facts": {"instance_types": [other]}}),
		fixtures.not_found(boot.document({}), "instance_types"),
	] {
		policy.violation == {finding} with input as document
	}
}

test_fail_whatever_the_image if policy.violation == {finding} with input as boot.document({"facts": {
	"images": [],
	"instance_types": [],
}})

test_fail_type_that_the_region_does_not_support if {
	policy.violation == {{
		"msg": "version 3 of launch template web: m7i.large is not supported in this Region: the launch fails",
		"subject": "3",
		"evidence": {"InstanceType": "m7i.large", "SupportedInRegion": false},
	}} with input as boot.document({"type": {"SupportedInRegion": false}})
}

test_pass_type_that_is_there if {
	policy.violation == set() with input as boot.document({})
	policy.violation == set() with input as boot.document({"type": {"SupportedInRegion": true}})
}

test_near_launch_without_a_type if {
	document := boot.document({"facts": {
		"launches": [object.remove(fixtures.launch, ["instance_type"])],
		"instance_types": [],
	}})
	policy.violation == set() with input as document
}
