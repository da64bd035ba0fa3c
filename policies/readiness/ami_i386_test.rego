package amiscan.readiness.ami_i386_test

import data.amiscan.readiness.ami_i386 as policy
import data.amiscan.testing.fixtures

finding := {
	"msg": "the image is for 32-bit processors (i386): only a few previous generation instance types launch it",
	"evidence": {"Architecture": "i386"},
}

test_fail_i386 if {
	policy.violation == {finding} with input as fixtures.with_image({"Architecture": "i386"})
	policy.violation == {finding} with input as fixtures.with_image({"Architecture": "i386", "State": "pending"})
}

test_pass_64_bit if {
	every architecture in ["x86_64", "arm64", "x86_64_mac", "arm64_mac"] {
		document := fixtures.with_image({"Architecture": architecture})
		policy.applies with input as document
		policy.violation == set() with input as document
		policy.undecided == set() with input as document
	}
}

test_near_image_that_can_not_be_launched if {
	every state in ["disabled", "failed"] {
		not policy.applies with input as fixtures.with_image({"Architecture": "i386", "State": state})
		policy.violation == set() with input as fixtures.with_image({"Architecture": "i386", "State": state})
		policy.undecided == set() with input as fixtures.with_image({"Architecture": null, "State": state})
		silent := object.union(object.remove(fixtures.image, ["Architecture"]), {"State": state})
		policy.undecided == set() with input as fixtures.ami({"image": silent})
	}
}

test_unknown_without_an_architecture if {
	document := fixtures.without_image(["Architecture"])
	policy.violation == set() with input as document
	policy.undecided == {{"msg": "the image does not say which architecture it is for"}} with input as document
}
