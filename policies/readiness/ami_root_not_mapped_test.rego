package amiscan.readiness.ami_root_not_mapped_test

import data.amiscan.readiness.ami_root_not_mapped as policy
import data.amiscan.testing.fixtures

test_fail_no_root_device_name if {
	want := {{"msg": "the image names no root device, so it can't boot"}}
	policy.violation == want with input as fixtures.without_image(["RootDeviceName"])
}

test_fail_root_is_not_mapped if {
	policy.violation == {{
		"msg": "the root device /dev/sda1 is not among the mapped devices, so the image can't boot",
		"subject": "/dev/sda1",
		"evidence": {"RootDeviceName": "/dev/sda1", "mapped": ["/dev/xvda", "/dev/sdf"]},
	}} with input as fixtures.with_image({"RootDeviceName": "/dev/sda1"})
}

test_fail_nothing_is_mapped if {
	finding := {
		"msg": "the root device /dev/xvda is not among the mapped devices, so the image can't boot",
		"subject": "/dev/xvda",
		"evidence": {"RootDeviceName": "/dev/xvda", "mapped": []},
	}
	policy.violation == {finding} with input as fixtures.with_image({"BlockDeviceMappings": []})
	policy.violation == {finding} with input as fixtures.without_image(["BlockDeviceMappings"])
}

test_fail_root_without_a_snapshot if {
	mappings := [
		{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": true, "VolumeSize": 8, "VolumeType": "gp3"}},
		{"DeviceName": "/dev/xvda", "VirtualName": "ephemeral0"},
	]
	every mapping in mappings {
		policy.violation == {{
			"msg": "the root device /dev/xvda has no snapshot, so the image can't boot",
			"subject": "/dev/xvda",
			"evidence": {"mapping": mapping},
		}} with input as fixtures.with_image({"BlockDeviceMappings": [fixtures.data_mapping, mapping]})
	}
}

test_pass_root_is_mapped if {
	document := fixtures.ami({"image": fixtures.image})
	policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_another_device_without_a_snapshot if {
	blank := {"DeviceName": "/dev/sdg", "Ebs": {"VolumeSize": 10}}
	policy.violation == set() with input as fixtures.with_image({"BlockDeviceMappings": [blank, fixtures.root_mapping]})
}

test_near_not_applicable if {
	cases := [
		{"RootDeviceType": "instance-store"},
		{"RootDeviceType": "instance-store", "State": "pending"},
		{"State": "failed"},
		{"State": "disabled"},
	]
	every fields in cases {
		every image in broken(fields) {
			document := fixtures.ami({"image": image})
			not policy.applies with input as document
			policy.violation == set() with input as document
			policy.undecided == set() with input as document
		}
	}
}

test_unknown_while_pending if {
	every image in broken({"State": "pending"}) {
		document := fixtures.ami({"image": image})
		policy.violation == set() with input as document
		policy.undecided == {{"msg": concat(" ", [
			"image ami-0a1b2c3d4e5f60718 is still pending; judge it after:",
			"aws ec2 wait image-available --image-ids ami-0a1b2c3d4e5f60718",
		])}} with input as document
	}
}

# broken are images with these fields that would fail in each of the three ways.
broken(fields) := [
	object.remove(object.union(fixtures.image, fields), ["RootDeviceName"]),
	object.union(fixtures.image, object.union(fields, {"BlockDeviceMappings": []})),
	object.union(fixtures.image, object.union(fields, {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda"}]})),
]
