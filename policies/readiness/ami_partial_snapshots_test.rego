package amiscan.readiness.ami_partial_snapshots_test

import data.amiscan.readiness.ami_partial_snapshots as policy
import data.amiscan.testing.fixtures

mapped(fields, snapshots) := fixtures.ami({"image": object.union(fixtures.image, fields), "snapshots": snapshots})

finding := {
	"msg": concat(" ", [
		"/dev/sdf: snapshot snap-0b0b0b0b0b0b0b0b0",
		"does not exist in this account: launches with this device fail",
	]),
	"subject": "/dev/sdf",
	"evidence": {"SnapshotId": "snap-0b0b0b0b0b0b0b0b0"},
}

test_fail_a_data_snapshot_is_gone if {
	policy.violation == {finding} with input as mapped({}, [fixtures.snapshot])
	policy.undecided == set() with input as mapped({}, [fixtures.snapshot])
}

test_fail_all_are_gone_says_nothing_of_the_root if {
	policy.violation == {finding} with input as mapped({}, [])
	policy.violation == {finding} with input as fixtures.not_found(mapped({}, []), "snapshots")
}

test_fail_each_device if {
	second := object.union(fixtures.data_mapping, {"DeviceName": "/dev/sdg"})
	document := mapped({"BlockDeviceMappings": [fixtures.data_mapping, second]}, [fixtures.snapshot])
	{found.subject | some found in policy.violation} == {"/dev/sdf", "/dev/sdg"} with input as document
}

test_fail_image_without_a_root_device_name if {
	document := fixtures.ami({
		"image": object.remove(fixtures.image, ["RootDeviceName"]),
		"snapshots": [fixtures.snapshot],
	})
	policy.violation == {finding} with input as document
}

test_pass_all_are_there if {
	document := mapped({}, [fixtures.snapshot, fixtures.data_snapshot])
	policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_the_root_is_gone if policy.violation == set() with input as mapped({}, [fixtures.data_snapshot])

test_near_blank_and_instance_store_devices if {
	mappings := [
		fixtures.root_mapping,
		{"DeviceName": "/dev/sdg", "Ebs": {"VolumeSize": 10}},
		{"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"},
	]
	policy.violation == set() with input as mapped({"BlockDeviceMappings": mappings}, [fixtures.snapshot])
}

test_near_image_that_can_not_be_launched if {
	every state in ["disabled", "failed", "deregistered"] {
		not policy.applies with input as mapped({"State": state}, [])
		policy.violation == set() with input as mapped({"State": state}, [])
		policy.undecided == set() with input as mapped({"State": state}, [])
	}
}

test_unknown_while_pending if {
	policy.violation == set() with input as mapped({"State": "pending"}, [])
	policy.undecided == {{"msg": concat(" ", [
		"image ami-0a1b2c3d4e5f60718 is still pending; judge it after:",
		"aws ec2 wait image-available --image-ids ami-0a1b2c3d4e5f60718",
	])}} with input as mapped({"State": "pending"}, [])
}
