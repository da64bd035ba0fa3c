package amiscan.readiness.ami_maps_deleted_snapshot_test

import data.amiscan.readiness.ami_maps_deleted_snapshot as policy
import data.amiscan.testing.fixtures

mapped(fields, snapshots) := fixtures.ami({"image": object.union(fixtures.image, fields), "snapshots": snapshots})

finding := {
	"msg": concat(" ", [
		"/dev/xvda: the root's snapshot snap-0a0a0a0a0a0a0a0a0",
		"does not exist in this account: no launch succeeds",
	]),
	"subject": "/dev/xvda",
	"evidence": {"SnapshotId": "snap-0a0a0a0a0a0a0a0a0"},
}

test_fail_only_the_root_is_gone if {
	policy.violation == {finding} with input as mapped({}, [fixtures.data_snapshot])
	policy.undecided == set() with input as mapped({}, [fixtures.data_snapshot])
}

test_fail_all_are_gone if {
	policy.violation == {finding} with input as mapped({}, [])
	policy.violation == {finding} with input as fixtures.not_found(mapped({}, []), "snapshots")
}

test_pass_all_are_there if {
	document := mapped({}, [fixtures.snapshot, fixtures.data_snapshot])
	policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_another_device if policy.violation == set() with input as mapped({}, [fixtures.snapshot])

test_near_root_that_is_not_mapped if policy.violation == set() with input as mapped({"RootDeviceName": "/dev/sda1"}, [])

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
