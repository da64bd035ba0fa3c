package amiscan.readiness.ami_no_boot_mode_test

import data.amiscan.readiness.ami_no_boot_mode as policy
import data.amiscan.testing.fixtures

# silent is the image without a boot mode, with these fields.
silent(fields) := fixtures.ami({"image": object.union(object.remove(fixtures.image, ["BootMode"]), fields)})

msg := "the image does not say its boot mode: Intel and AMD types boot it in legacy BIOS mode"

test_fail_no_boot_mode if {
	policy.violation == {{"msg": msg, "evidence": {"Architecture": "x86_64"}}} with input as silent({})
	policy.undecided == set() with input as silent({})
}

test_fail_without_an_architecture if {
	document := fixtures.without_image(["BootMode", "Architecture"])
	policy.violation == {{"msg": msg, "evidence": {}}} with input as document
}

test_pass_any_boot_mode if {
	every mode in ["uefi", "uefi-preferred", "legacy-bios"] {
		policy.applies with input as silent({"BootMode": mode})
		policy.violation == set() with input as silent({"BootMode": mode})
	}
}

test_near_not_applicable if {
	cases := [
		{"Architecture": "arm64"},
		{"Architecture": "x86_64_mac"},
		{"Architecture": "i386"},
		{"VirtualizationType": "paravirtual"},
		{"State": "disabled"},
		{"State": "pending", "Architecture": "arm64"},
	]
	every fields in cases {
		not policy.applies with input as silent(fields)
		policy.violation == set() with input as silent(fields)
		policy.undecided == set() with input as silent(fields)
	}
}

test_near_pending_image_that_says_it_already if {
	policy.undecided == set() with input as silent({"State": "pending", "BootMode": "uefi"})
}

test_unknown_while_pending if {
	policy.violation == set() with input as silent({"State": "pending"})
	policy.undecided == {{"msg": concat(" ", [
		"image ami-0a1b2c3d4e5f60718 is still pending; judge it after:",
		"aws ec2 wait image-available --image-ids ami-0a1b2c3d4e5f60718",
	])}} with input as silent({"State": "pending"})
}
