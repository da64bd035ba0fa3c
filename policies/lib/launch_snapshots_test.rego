package amiscan.lib.launch_snapshots_test

import data.amiscan.lib.launch_snapshots
import data.amiscan.testing.fixtures

launch := {"data": {"BlockDeviceMappings": [
	{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0c0c0c0c0c0c0c0c0"}},
	{"DeviceName": "/dev/sdg", "Ebs": {"VolumeSize": 5}},
]}}

test_named_by_the_launch if [volume.device | some volume in launch_snapshots.named(launch)] == ["/dev/xvda"]

test_taken_from_the_image if {
	[volume.device | some volume in launch_snapshots.taken(launch, fixtures.image)] == ["/dev/sdf"]
}

test_usable if {
	not launch_snapshots.unusable(fixtures.snapshot)
	not launch_snapshots.doubtful(fixtures.snapshot)
}

test_a_certain_reason_leaves_no_doubt if {
	snapshot := object.union(fixtures.snapshot, {"State": "error"})
	launch_snapshots.unusable(snapshot) == "is in the state error"
	not launch_snapshots.doubtful(snapshot)
}
