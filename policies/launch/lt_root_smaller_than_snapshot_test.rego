package amiscan.launch.lt_root_smaller_than_snapshot_test

import data.amiscan.launch.lt_root_smaller_than_snapshot as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

said(text) := sprintf("version 3 of launch template web: %s", [text])

maps(device, ebs) := {"data": {"BlockDeviceMappings": [{"DeviceName": device, "Ebs": ebs}]}}

finding(device, size, snapshot, least) := {
	"msg": said(sprintf(
		"volume %s is to have %d GiB, but its snapshot %s has %d: the launch fails",
		[device, size, snapshot, least],
	)),
	"subject": sprintf("3 %s", [device]),
	"evidence": {"VolumeSize": size, "snapshot": {"SnapshotId": snapshot, "VolumeSize": least}},
}

test_fail_smaller_than_the_snapshot_of_the_image if {
	policy.violation == {finding(
		"/dev/xvda",
		7,
		"snap-0a0a0a0a0a0a0a0a0",
		8,
	)} with input as boot.document({"launch": maps("/dev/xvda", {"VolumeSize": 7})})
	policy.violation == {finding(
		"/dev/sdf",
		99,
		"snap-0b0b0b0b0b0b0b0b0",
		100,
	)} with input as boot.document({"launch": maps("/dev/sdf", {"VolumeSize": 99})})
}

test_fail_smaller_than_a_snapshot_of_the_launch if {
	own := {"SnapshotId": "snap-0b0b0b0b0b0b0b0b0", "VolumeSize": 20}
	every case in [{"/dev/xvda": {}}, {"/dev/sdg": {}}, {"/dev/sdg": {"images": []}}] {
		some device, facts in case
		policy.violation == {finding(
			device,
			20,
			"snap-0b0b0b0b0b0b0b0b0",
			100,
		)} with input as boot.document({"launch": maps(device, own), "facts": facts})
	}
}

test_pass_large_enough if {
	every size in [8, 9] {
		silent({"launch": maps("/dev/xvda", {"VolumeSize": size})})
	}
	silent({})
}

test_near_not_judged if {
	silent({"launch": maps("/dev/xvda", {"VolumeType": "gp3"})})
	silent({"launch": maps("/dev/sdg", {"VolumeSize": 1})})
	silent({"launch": {"data": {"BlockDeviceMappings": [{
		"DeviceName": "/dev/xvda", "NoDevice": "", "Ebs": {"VolumeSize": 1},
	}]}}})
	silent({"image": {"State": "disabled"}, "launch": maps("/dev/xvda", {"VolumeSize": 7})})
	silent({"launch": maps("/dev/xvda", {"VolumeSize": 8}), "facts": {"snapshots": []}})
	silent({"launch": maps("/dev/xvda", {"VolumeSize": 7, "SnapshotId": "snap-0c0c0c0c0c0c0c0c0"}), "facts": {"snapshots": []}})
	silent({"launch": maps("/dev/sdg", {"VolumeSize": 100, "SnapshotId": "snap-0b0b0b0b0b0b0b0b0"})})
}

# The image may map more than its snapshot needs, and may not say how much it maps.
test_undecided_where_the_snapshot_is_not_seen if {
	bare := {"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0a0a0a0a0a0a0a0a0"}}
	silent_snapshot := object.remove(fixtures.snapshot, ["VolumeSize"])
	cases := [
		{"facts": {"snapshots": []}},
		{"facts": {"snapshots": [silent_snapshot]}},
		{"facts": {"snapshots": []}, "image": {"BlockDeviceMappings": [bare]}},
	]
	every case in cases {
		document := boot.document(object.union(case, {"launch": maps("/dev/xvda", {"VolumeSize": 7})}))
		policy.violation == set() with input as document
		policy.undecided == {{
			"msg": said(concat(" ", [
				"volume /dev/xvda is smaller than image ami-0a1b2c3d4e5f60718 maps it,",
				"and the size of its snapshot snap-0a0a0a0a0a0a0a0a0 can't be seen",
			])),
			"subject": "3",
		}} with input as document
	}
}

silent(case) if {
	policy.violation == set() with input as boot.document(case)
	policy.undecided == set() with input as boot.document(case)
}
