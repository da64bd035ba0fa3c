package amiscan.launch.lt_image_not_allowed_test

import data.amiscan.launch.lt_image_not_allowed as policy
import data.amiscan.testing.boot

foreign := {"OwnerId": "444455556666", "ImageAllowed": false}

document(image, state) := boot.document({"image": image, "facts": {"allowed_images": {"State": state}}})

test_fail_foreign_image_that_is_not_allowed if {
	policy.violation == {{
		"msg": concat(" ", [
			"version 3 of launch template web: image ami-0a1b2c3d4e5f60718 of 444455556666",
			"is not among the Allowed AMIs: the launch fails",
		]),
		"subject": "3",
		"evidence": object.union({"ImageId": "ami-0a1b2c3d4e5f60718"}, foreign),
	}} with input as document(foreign, "enabled")
	policy.undecided == set() with input as document(foreign, "enabled")
}

test_pass_allowed if silent(document(object.union(foreign, {"ImageAllowed": true}), "enabled"))

test_near_not_judged if {
	silent(document(foreign, "audit-mode"))
	silent(document(foreign, "disabled"))
	silent(document({"OwnerId": "444455556666"}, "audit-mode"))
	silent(document({"ImageAllowed": false}, "enabled"))
	silent(document({}, "enabled"))
	silent(document(object.union(foreign, {"State": "failed"}), "enabled"))
	silent(document({"OwnerId": "444455556666", "State": "failed"}, "enabled"))
}

test_undecided_where_ec2_does_not_tell if {
	policy.violation == set() with input as document({"OwnerId": "444455556666"}, "enabled")
	policy.undecided == {{
		"msg": concat(" ", [
			"version 3 of launch template web: EC2 does not tell whether image ami-0a1b2c3d4e5f60718",
			"is among the Allowed AMIs",
		]),
		"subject": "3",
	}} with input as document({"OwnerId": "444455556666"}, "enabled")
}

silent(whole) if {
	policy.violation == set() with input as whole
	policy.undecided == set() with input as whole
}
