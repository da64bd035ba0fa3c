package amiscan.launch.lt_ami_disabled_test

import data.amiscan.launch.lt_ami_disabled as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

disabled := {"image": {"State": "disabled"}}

test_fail_disabled if {
	policy.violation == {{
		"msg": concat(" ", [
			"version 3 of launch template web: image ami-0a1b2c3d4e5f60718 is disabled:",
			"the launch fails until its owner enables it again",
		]),
		"subject": "3",
		"evidence": {"ImageId": "ami-0a1b2c3d4e5f60718", "State": "disabled"},
	}} with input as boot.document(disabled)
}

test_fail_disabled_in_a_group if {
	document := fixtures.auto_scaling_group({"images": [object.union(fixtures.image, disabled.image)]})
	{finding.subject | some finding in policy.violation} == {""} with input as document
}

test_pass_available if policy.violation == set() with input as boot.document({})

test_near_other_states if {
	every state in ["pending", "failed", "deregistered", "transient", "error", "invalid"] {
		policy.violation == set() with input as boot.document({"image": {"State": state}})
	}
}

test_near_disabled_image_that_no_launch_names if {
	document := boot.document({"image": {"State": "disabled", "ImageId": "ami-00000000000000bad"}})
	policy.violation == set() with input as document
}
