package amiscan.lib.volumes_test

import data.amiscan.lib.volumes
import data.amiscan.testing.key_access as tables

launch := tables.launch(true, tables.owner, false, {})

root := {
	"asked": false,
	"asked_key": null,
	"destination": {"key": tables.key.Arn},
	"device": "/dev/xvda",
	"encrypted": "true",
	"owned": "true",
	"snapshot": "snap-1",
	"source_key": tables.key.Arn,
}

made(changes) := volumes.made(tables.changed(launch, changes))

root_mapping := launch.image_mappings[0]

destinations(changes) := [volume.destination | some volume in made(changes)]

test_whole_volume if made({}) == [root]

test_mapping_of_the_launch_adds_a_volume if {
	made({"mappings": [{"DeviceName": "/dev/sdf", "Ebs": {"VolumeSize": 10}}]}) == [root, {
		"asked": false,
		"asked_key": null,
		"destination": "clear",
		"device": "/dev/sdf",
		"encrypted": "false",
		"owned": "unknown",
		"snapshot": null,
		"source_key": null,
	}]
}

test_mapping_of_the_launch_without_a_name_is_not_lost if {
	[volume.device | some volume in made({"mappings": [{"Ebs": {"VolumeSize": 10}}]})] == [
		"/dev/xvda",
		"a device without a name",
	]
}

test_mappings_that_make_no_volume if {
	every mappings in [
		[{"DeviceName": "/dev/xvda", "NoDevice": ""}],
		[{"DeviceName": "/dev/xvda", "Ebs": {}, "NoDevice": ""}],
		[{"DeviceName": "/dev/xvda", "VirtualName": "ephemeral0"}],
	] {
		made({"mappings": mappings}) == []
	}
	made({"mappings": [{"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"}]}) == [root]
	made({"image_mappings": [{"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"}], "mappings": null}) == []
	made({"image_mappings": [object.union(root_mapping, {"NoDevice": ""})], "mappings": []}) == []
}

test_volume_of_the_launch_takes_the_place_of_instance_store if {
	changes := {
		"image_mappings": [{"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"}],
		"mappings": [{"DeviceName": "/dev/sdb", "Ebs": {"Encrypted": true, "VolumeSize": 10}}],
	}
	destinations(changes) == [{"key": tables.default_key, "default": true}]
}

test_snapshot_of_the_launch_takes_the_place_of_the_image_s if {
	snapshots := [
		{"SnapshotId": "snap-1", "OwnerId": tables.owner, "Encrypted": true, "KmsKeyId": tables.key.Arn},
		{"SnapshotId": "snap-2", "OwnerId": tables.recipient, "Encrypted": true, "KmsKeyId": tables.named_key},
	]
	changes := {"mappings": [{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-2"}}], "snapshots": snapshots}
	[[volume.source_key, volume.destination] | some volume in made(changes)] == [[
		tables.named_key,
		{"key": tables.default_key, "default": true},
	]]
}

test_default_key_that_is_not_known if {
	destinations({"account": tables.recipient, "default_key": null}) == [{"key": null, "default": true}]
}

test_unknown_encryption_by_default if {
	changes := tables.changed(tables.launch(false, tables.owner, false, {}), {"encryption_by_default": null})
	destinations(changes) == ["unknown"]
}

test_unknown_snapshot if {
	destinations({"snapshots": []}) == ["unknown"]
	destinations({"snapshots": [{"SnapshotId": "snap-1", "Encrypted": true}]}) == ["unknown"]
	destinations({
		"image_mappings": [{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-1"}}],
		"snapshots": [{"SnapshotId": "snap-1", "OwnerId": tables.owner}],
	}) == ["unknown"]
}

test_snapshot_that_is_not_there_is_as_the_image_says if {
	clear := {"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-1", "Encrypted": false}}
	destinations({"image_mappings": [clear], "snapshots": []}) == ["clear"]
	other := [{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-2"}}]
	destinations({"image_mappings": [clear], "mappings": other, "snapshots": []}) == ["unknown"]
}

test_snapshot_outweighs_what_the_image_says_of_it if {
	clear := [{"SnapshotId": "snap-1", "OwnerId": tables.owner, "Encrypted": false}]
	destinations({"snapshots": clear}) == ["clear"]
}

test_encrypted_snapshot_whose_key_is_not_known if {
	snapshots := [{"SnapshotId": "snap-1", "OwnerId": tables.owner, "Encrypted": true}]
	[[volume.source_key, volume.destination] | some volume in made({"snapshots": snapshots})] == [[null, {"key": null}]]
}
