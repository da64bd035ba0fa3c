package amiscan.launch.lt_root_device_name_mismatch_test

import data.amiscan.launch.lt_root_device_name_mismatch as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

maps(mappings) := boot.document({"launch": {"data": {"BlockDeviceMappings": mappings}}})

volume(device) := {"DeviceName": device, "Ebs": {"Encrypted": true, "VolumeSize": 50}}

finding(device) := {
	"msg": sprintf(
		concat(" ", [
			"version 3 of launch template web: maps %s, but the root of image ami-0a1b2c3d4e5f60718 is /dev/xvda:",
			"that adds an empty volume and leaves the root as it is",
		]),
		[device],
	),
	"subject": sprintf("3 %s", [device]),
	"evidence": {
		"ImageId": "ami-0a1b2c3d4e5f60718",
		"RootDeviceName": "/dev/xvda",
		"mapping": volume(device),
	},
}

test_fail_names_that_mean_the_root if {
	every device in ["/dev/sda", "/dev/sda1"] {
		policy.violation == {finding(device)} with input as maps([volume(device)])
	}
}

test_fail_xvda_where_the_root_is_sda1 if {
	document := boot.document({
		"image": {"RootDeviceName": "/dev/sda1", "BlockDeviceMappings": []},
		"launch": {"data": {"BlockDeviceMappings": [volume("/dev/xvda")]}},
	})
	{finding.subject | some finding in policy.violation} == {"3 /dev/xvda"} with input as document
}

test_pass_real_root if policy.violation == set() with input as maps([volume("/dev/xvda")])

test_near_data_disks if {
	every mappings in [
		[volume("/dev/xvdb")],
		[volume("/dev/sdf")],
		[volume("/dev/sda1"), volume("/dev/xvda")],
		[object.union(volume("/dev/sda1"), {"Ebs": {"SnapshotId": "snap-0c0c0c0c0c0c0c0c0"}})],
		[object.union(volume("/dev/sda1"), {"NoDevice": ""})],
		[{"DeviceName": "/dev/sda1", "VirtualName": "ephemeral0"}],
		[],
	] {
		policy.violation == set() with input as maps(mappings)
	}
}

test_near_name_that_the_image_maps if {
	document := boot.document({
		"image": {"BlockDeviceMappings": [fixtures.root_mapping, volume("/dev/sda1")]},
		"launch": {"data": {"BlockDeviceMappings": [volume("/dev/sda1")]}},
	})
	policy.violation == set() with input as document
}

test_near_image_that_is_not_available if {
	document := boot.document({
		"image": {"State": "disabled"},
		"launch": {"data": {"BlockDeviceMappings": [volume("/dev/sda1")]}},
	})
	policy.violation == set() with input as document
}
