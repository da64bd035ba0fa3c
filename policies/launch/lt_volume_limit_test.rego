package amiscan.launch.lt_volume_limit_test

import data.amiscan.launch.lt_volume_limit as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

limited(number, kind) := {"type": {"EbsInfo": {"MaximumEbsAttachments": number, "AttachmentLimitType": kind}}}

test_fail_more_than_a_dedicated_limit if {
	fails(limited(1, "dedicated"), 2, 1)
	more := {"data": {"BlockDeviceMappings": [{"DeviceName": "/dev/sdg", "Ebs": {"VolumeSize": 1}}]}}
	fails(object.union(limited(2, "dedicated"), {"launch": more}), 3, 2)
}

test_pass_within_the_limit if {
	silent(boot.document(limited(2, "dedicated")))
	silent(boot.document(limited(3, "shared")))
}

test_near_not_judged if {
	fewer := {"data": {"BlockDeviceMappings": [{"DeviceName": "/dev/sdf", "NoDevice": ""}]}}
	silent(boot.document(object.union(limited(1, "dedicated"), {"launch": fewer})))
	silent(boot.document(object.union(limited(1, "dedicated"), {"image": {"State": "disabled"}})))
	silent(boot.document(object.union(limited(1, "dedicated"), {"type": {"InstanceType": "t2.micro"}})))
	silent(boot.document({"facts": {"instance_types": [object.remove(fixtures.instance_type, ["EbsInfo"])]}}))
}

test_undecided_shared_with_network_interfaces if {
	undecided(limited(2, "shared"), 2, 1, 2)
	undecided({"facts": {"instance_types": [untold]}}, 2, 1, 2)
	two := {"data": {"NetworkInterfaces": [{"DeviceIndex": 0}, {"DeviceIndex": 1}]}}
	undecided(object.union(limited(3, "shared"), {"launch": two}), 2, 2, 3)
}

untold := object.union(object.remove(fixtures.instance_type, ["EbsInfo"]), {"EbsInfo": {"MaximumEbsAttachments": 2}})

fails(case, volumes, limit) if {
	policy.violation == {{
		"msg": sprintf(
			"version 3 of launch template web: makes %d volumes, and m7i.large can have %d: the launch fails",
			[volumes, limit],
		),
		"subject": "3",
		"evidence": {
			"InstanceType": "m7i.large",
			"EbsInfo": {"MaximumEbsAttachments": limit, "AttachmentLimitType": "dedicated"},
		},
	}} with input as boot.document(case)
	policy.undecided == set() with input as boot.document(case)
}

undecided(case, volumes, interfaces, limit) if {
	policy.violation == set() with input as boot.document(case)
	policy.undecided == {{
		"msg": sprintf(
			concat(" ", [
				"version 3 of launch template web: makes %d volumes and %d network interfaces,",
				"and m7i.large can have about %d attachments in all",
			]),
			[volumes, interfaces, limit],
		),
		"subject": "3",
	}} with input as boot.document(case)
}

silent(document) if {
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}
