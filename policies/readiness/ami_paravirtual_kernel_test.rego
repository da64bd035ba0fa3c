package amiscan.readiness.ami_paravirtual_kernel_test

import data.amiscan.readiness.ami_paravirtual_kernel as policy
import data.amiscan.testing.fixtures

ids := {"KernelId": "aki-0a0b0c0d", "RamdiskId": "ari-0a0b0c0d", "VirtualizationType": "paravirtual"}

finding(field, noun) := {
	"msg": sprintf(
		"the image boots with the %s %s, which AWS keeps outside it and only in some Regions",
		[noun, ids[field]],
	),
	"subject": ids[field],
	"evidence": {field: ids[field]},
}

test_fail_kernel_and_ram_disk if {
	want := {finding("KernelId", "kernel"), finding("RamdiskId", "RAM disk")}
	policy.violation == want with input as fixtures.with_image(ids)
	policy.violation == want with input as fixtures.with_image(object.union(ids, {"State": "pending"}))
}

test_fail_kernel_alone if {
	document := fixtures.with_image({"KernelId": "aki-0a0b0c0d"})
	policy.violation == {finding("KernelId", "kernel")} with input as document
}

test_pass_image_that_boots_by_itself if {
	policy.applies with input as fixtures.with_image({})
	policy.violation == set() with input as fixtures.with_image({})
}

test_near_paravirtual_without_ids if {
	policy.violation == set() with input as fixtures.with_image({"VirtualizationType": "paravirtual"})
}

test_near_empty_ids if {
	policy.violation == set() with input as fixtures.with_image({"KernelId": "", "RamdiskId": null})
}

test_near_image_that_can_not_be_launched if {
	every state in ["disabled", "failed"] {
		document := fixtures.with_image(object.union(ids, {"State": state}))
		not policy.applies with input as document
		policy.violation == set() with input as document
	}
}
