package amiscan.launch.lt_mapping_snapshot_gone_test

import data.amiscan.launch.lt_mapping_snapshot_gone as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

said(text) := sprintf("version 3 of launch template web: snapshot %s", [text])

finding(device, snapshot, state) := {
	"msg": said(sprintf("%s of %s %s: the launch fails", [snapshot, device, state])),
	"subject": sprintf("3 %s", [device]),
	"evidence": {"SnapshotId": snapshot, "device": device},
}

root(state) := finding("/dev/xvda", "snap-0a0a0a0a0a0a0a0a0", state)

with_root(fields) := {"facts": {"snapshots": [object.union(fixtures.snapshot, fields), fixtures.data_snapshot]}}

maps(id) := {"data": {"BlockDeviceMappings": [{"DeviceName": "/dev/sdg", "Ebs": {"SnapshotId": id}}]}}

test_fail_snapshot_of_an_own_image_is_gone if {
	policy.violation == {root("does not exist any more")} with input as boot.document({"facts": {"snapshots": [
		fixtures.data_snapshot,
	]}})
}

test_fail_snapshot_that_the_launch_names_is_gone if {
	every facts in [{}, {"images": []}] {
		document := boot.document({"launch": maps("snap-0c0c0c0c0c0c0c0c0"), "facts": facts})
		policy.violation == {finding(
			"/dev/sdg",
			"snap-0c0c0c0c0c0c0c0c0",
			"does not exist, or not for this account",
		)} with input as document
	}
}

test_fail_state if {
	policy.violation == {root("is in the state error")} with input as boot.document(with_root({"State": "error"}))
	policy.violation == {root("is in the Recycle Bin")} with input as boot.document(with_root({"State": "recoverable"}))
	policy.violation == {root("is archived")} with input as boot.document(with_root({"StorageTier": "archive"}))
	both := with_root({"State": "error", "StorageTier": "archive"})
	policy.violation == {root("is in the state error and is archived")} with input as boot.document(both)
	policy.undecided == set() with input as boot.document(both)
}

test_fail_state_of_a_snapshot_that_the_launch_names if {
	archived := object.union(fixtures.data_snapshot, {"StorageTier": "archive"})
	document := boot.document({
		"launch": maps("snap-0b0b0b0b0b0b0b0b0"),
		"facts": {"images": [], "snapshots": [archived]},
	})
	policy.violation == {finding("/dev/sdg", "snap-0b0b0b0b0b0b0b0b0", "is archived")} with input as document
}

test_pass_snapshots_are_there if {
	silent({})
	silent({"launch": maps("snap-0b0b0b0b0b0b0b0b0")})
}

test_near_not_judged if {
	silent({"image": {"OwnerId": "444455556666"}, "facts": {"snapshots": []}})
	silent({"image": {"State": "disabled"}, "facts": {"snapshots": []}})
	silent({"image": {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 1}}]}, "facts": {"snapshots": []}})
	silent({
		"image": {"BlockDeviceMappings": [fixtures.root_mapping]},
		"launch": {"data": {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "NoDevice": ""}]}},
		"facts": {"snapshots": []},
	})
}

# What the launch names takes the place of the image's own snapshot.
test_near_snapshot_that_the_launch_replaces if {
	replaces := {"data": {"BlockDeviceMappings": [{
		"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0b0b0b0b0b0b0b0b0"},
	}]}}
	silent({"launch": replaces, "facts": {"snapshots": [fixtures.data_snapshot]}})
}

test_undecided if {
	cases := {
		"is in the state pending": {"State": "pending"},
		"is in the state recovering": {"State": "recovering"},
		"is restored from the archive until 2026-12-01T00:00:00Z only": {
			"StorageTier": "archive",
			"RestoreExpiryTime": "2026-12-01T00:00:00Z",
		},
	}
	every question, fields in cases {
		document := boot.document(with_root(fields))
		policy.violation == set() with input as document
		policy.undecided == {{
			"msg": said(sprintf("snap-0a0a0a0a0a0a0a0a0 of /dev/xvda %s", [question])),
			"subject": "3",
		}} with input as document
	}
}

silent(case) if {
	policy.violation == set() with input as boot.document(case)
	policy.undecided == set() with input as boot.document(case)
}
