package amiscan.readiness.ami_ena_missing_test

import data.amiscan.readiness.ami_ena_missing as policy
import data.amiscan.testing.fixtures

msg := "the image does not declare ENA support: instance types that require ENA refuse to launch it"

test_fail_ena_off if {
	policy.violation == {{
		"msg": msg,
		"evidence": {"Architecture": "x86_64", "EnaSupport": false},
	}} with input as fixtures.with_image({"EnaSupport": false})
}

test_fail_ena_left_out if {
	want := {{"msg": msg, "evidence": {"Architecture": "x86_64"}}}
	policy.violation == want with input as fixtures.without_image(["EnaSupport"])
	policy.undecided == set() with input as fixtures.without_image(["EnaSupport"])
}

test_fail_without_an_architecture if {
	policy.violation == {{"msg": msg, "evidence": {}}} with input as fixtures.without_image(["EnaSupport", "Architecture"])
}

test_pass_ena_on if {
	document := fixtures.ami({"image": fixtures.image})
	policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_not_applicable if {
	cases := [
		{"Architecture": "x86_64_mac"},
		{"Architecture": "arm64_mac"},
		{"RootDeviceType": "instance-store"},
		{"VirtualizationType": "paravirtual"},
		{"State": "disabled"},
		{"State": "failed"},
		{"State": "pending", "Architecture": "arm64_mac"},
	]
	every fields in cases {
		document := fixtures.with_image(object.union(fields, {"EnaSupport": false}))
		not policy.applies with input as document
		policy.violation == set() with input as document
		policy.undecided == set() with input as document
	}
}

test_near_pending_image_that_declares_it_already if {
	document := fixtures.with_image({"State": "pending"})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_unknown_while_pending if {
	document := fixtures.with_image({"State": "pending", "EnaSupport": false})
	policy.violation == set() with input as document
	policy.undecided == {{"msg": concat(" ", [
		"image ami-0a1b2c3d4e5f60718 is still pending; judge it after:",
		"aws ec2 wait image-available --image-ids ami-0a1b2c3d4e5f60718",
	])}} with input as document
}
