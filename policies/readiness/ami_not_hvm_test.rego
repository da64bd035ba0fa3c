package amiscan.readiness.ami_not_hvm_test

import data.amiscan.readiness.ami_not_hvm as policy
import data.amiscan.testing.fixtures

paravirtual := {"VirtualizationType": "paravirtual", "KernelId": "aki-0a0b0c0d"}

finding := {"msg": "the image is paravirtual: no current instance type launches it", "evidence": paravirtual}

test_fail_paravirtual if policy.violation == {finding} with input as fixtures.with_image(paravirtual)

test_fail_paravirtual_and_pending if {
	policy.violation == {finding} with input as fixtures.with_image(object.union(paravirtual, {"State": "pending"}))
}

test_pass_hvm if {
	document := fixtures.ami({"image": fixtures.image})
	policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_not_applicable_to_images_that_can_not_be_launched if {
	every state in ["disabled", "failed", "deregistered", "error", "invalid", "transient"] {
		document := fixtures.with_image(object.union(paravirtual, {"State": state}))
		not policy.applies with input as document
		policy.violation == set() with input as document
		silent := object.remove(document.image, ["VirtualizationType"])
		policy.undecided == set() with input as fixtures.ami({"image": silent})
	}
}

test_near_hvm_image_with_a_kernel_id if {
	policy.violation == set() with input as fixtures.with_image({"KernelId": "aki-0a0b0c0d"})
}

test_unknown_without_a_type if {
	document := fixtures.without_image(["VirtualizationType"])
	policy.violation == set() with input as document
	policy.undecided == {{"msg": "the image does not say which virtualization type it has"}} with input as document
}
