package amiscan.launch.lt_ami_in_recycle_bin_test

import data.amiscan.launch.lt_ami_in_recycle_bin as policy
import data.amiscan.testing.boot

recycled := {
	"ImageId": "ami-0a1b2c3d4e5f60718",
	"Name": "web-20261001",
	"RecycleBinEnterTime": "2026-11-17T00:00:00Z",
	"RecycleBinExitTime": "2026-12-01T00:00:00Z",
}

said(text) := sprintf(
	"version 3 of launch template web: image %s lies in the Recycle Bin and can be restored until %s",
	["ami-0a1b2c3d4e5f60718", text],
)

test_fail_says_until_when if {
	policy.violation == {{
		"msg": said("2026-12-01T00:00:00Z"),
		"subject": "3",
		"evidence": object.remove(recycled, ["Name"]),
	}} with input as boot.document({"facts": {"images": [], "recycled_images": [recycled]}})
}

test_fail_without_a_day if {
	policy.violation == {{
		"msg": said("a day that EC2 does not tell"),
		"subject": "3",
		"evidence": {"ImageId": "ami-0a1b2c3d4e5f60718"},
	}} with input as boot.document({"facts": {
		"images": [],
		"recycled_images": [{"ImageId": "ami-0a1b2c3d4e5f60718"}],
	}})
}

test_pass_empty_bin if policy.violation == set() with input as boot.document({})

test_near_image_that_is_gone_and_not_in_the_bin if {
	policy.violation == set() with input as boot.document({"facts": {"images": []}})
}

test_near_another_image_in_the_bin if {
	other := object.union(recycled, {"ImageId": "ami-00000000000000aaa"})
	policy.violation == set() with input as boot.document({"facts": {"images": [], "recycled_images": [other]}})
}
