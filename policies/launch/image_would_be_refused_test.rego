package amiscan.launch.image_would_be_refused_test

import data.amiscan.launch.image_would_be_refused as policy
import data.amiscan.testing.boot

foreign := {"OwnerId": "444455556666", "ImageAllowed": false}

document(image, state) := boot.document({"image": image, "facts": {"allowed_images": {"State": state}}})

test_fail_foreign_image_that_is_not_allowed if {
	policy.violation == {{
		"msg": concat(" ", [
			"version 3 of launch template web: image ami-0a1b2c3d4e5f60718 of 444455556666",
			"is not among the Allowed AMIs, which are in audit mode",
		]),
		"subject": "3",
		"evidence": object.union({"ImageId": "ami-0a1b2c3d4e5f60718"}, foreign),
	}} with input as document(foreign, "audit-mode")
	policy.undecided == set() with input as document(foreign, "audit-mode")
}

test_pass_allowed if silent(document(object.union(foreign, {"ImageAllowed": true}), "audit-mode"))

test_near_not_judged if {
	silent(document(foreign, "enabled"))
	silent(document(foreign, "disabled"))
	silent(document({"OwnerId": "444455556666"}, "enabled"))
	silent(document({"ImageAllowed": false}, "audit-mode"))
	silent(document({}, "audit-mode"))
	silent(document(object.union(foreign, {"State": "failed"}), "audit-mode"))
	silent(document({"OwnerId": "444455556666", "State": "failed"}, "audit-mode"))
}

test_undecided_where_ec2_does_not_tell if {
	policy.violation == set() with input as document({"OwnerId": "444455556666"}, "audit-mode")
	policy.undecided == {{
		"msg": concat(" ", [
			"version 3 of launch template web: EC2 does not tell whether image ami-0a1b2c3d4e5f60718",
			"is among the Allowed AMIs",
		]),
		"subject": "3",
	}} with input as document({"OwnerId": "444455556666"}, "audit-mode")
}

silent(whole) if {
	policy.violation == set() with input as whole
	policy.undecided == set() with input as whole
}
