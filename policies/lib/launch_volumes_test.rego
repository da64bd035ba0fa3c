package amiscan.lib.launch_volumes_test

import data.amiscan.lib.launch_volumes
import data.amiscan.testing.fixtures

asking(mappings) := {"data": {"BlockDeviceMappings": mappings}}

image := {"BlockDeviceMappings": [fixtures.root_mapping]}

test_launch_over_image if {
	launch := asking([
		{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 20}},
		{"DeviceName": "/dev/sdg", "Ebs": {"VolumeSize": 5}},
	])
	launch_volumes.merged(launch, image) == [
		{
			"device": "/dev/xvda",
			"Ebs": object.union(fixtures.root_mapping.Ebs, {"VolumeSize": 20}),
			"image": fixtures.root_mapping.Ebs,
			"launch": {"VolumeSize": 20},
		},
		{"device": "/dev/sdg", "Ebs": {"VolumeSize": 5}, "image": {}, "launch": {"VolumeSize": 5}},
	]
}

test_devices_that_are_left_out if {
	every mapping in [{"NoDevice": ""}, {"VirtualName": "ephemeral0"}] {
		launch := asking([object.union({"DeviceName": "/dev/xvda"}, mapping)])
		launch_volumes.merged(launch, image) == []
	}
}

test_nothing_is_asked if {
	[volume.device | some volume in launch_volumes.merged({}, fixtures.image)] == ["/dev/xvda", "/dev/sdf"]
	launch_volumes.merged({}, {}) == []
}

test_encryption if {
	cases := [
		{"snapshot": true, "ebs": {}, "by_default": false, "want": "true"},
		{"snapshot": false, "ebs": {}, "by_default": false, "want": "false"},
		{"snapshot": false, "ebs": {}, "by_default": true, "want": "true"},
		{"snapshot": false, "ebs": {"Encrypted": true}, "by_default": false, "want": "true"},
		{"snapshot": false, "ebs": {"Encrypted": false}, "by_default": true, "want": "true"},
		{"snapshot": true, "ebs": {"Encrypted": false}, "by_default": false, "want": "true"},
	]
	every case in cases {
		snapshot := object.union(fixtures.snapshot, {"Encrypted": case.snapshot})
		encryption(asking([{"DeviceName": "/dev/xvda", "Ebs": case.ebs}]), [snapshot], case.by_default) == [case.want]
	}
}

test_encryption_that_nobody_tells if {
	bare := {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0c0c0c0c0c0c0c0c0"}}]}
	[volume | some volume in launch_volumes.encryption({}, bare, [], fixtures.account, false)] == [{
		"device": "/dev/xvda", "snapshot": "snap-0c0c0c0c0c0c0c0c0", "encrypted": "unknown",
	}]
	[volume.encrypted | some volume in launch_volumes.encryption({}, bare, [], fixtures.account, true)] == ["true"]
}

encryption(launch, snapshots, by_default) := [volume.encrypted |
	some volume in launch_volumes.encryption(launch, image, snapshots, fixtures.account, by_default)
]
