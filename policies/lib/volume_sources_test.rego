package amiscan.lib.volume_sources_test

import data.amiscan.lib.volume_sources
import data.amiscan.testing.fixtures

root := fixtures.root_mapping

merged(mappings) := volume_sources.merged({"image_mappings": [root], "mappings": mappings})

at_root(fields) := object.union({"DeviceName": "/dev/xvda"}, fields)

added := {"DeviceName": "/dev/sdf", "Ebs": {"VolumeSize": 5}}

test_mappings_of_the_same_device_are_paired if {
	over := at_root({"Ebs": {"VolumeSize": 20}})
	merged([over, added]) == [{"image": root, "launch": over}, {"image": {}, "launch": added}]
	merged([{"Ebs": {"VolumeSize": 5}}]) == [{"image": root, "launch": {}}, {"image": {}, "launch": {"Ebs": {"VolumeSize": 5}}}]
}

test_devices_that_become_no_volume_unless_the_launch_brings_them_back if {
	back := at_root({"Ebs": {"VolumeSize": 5}})
	every fields in [{"NoDevice": ""}, {"NoDevice": "", "Ebs": {}}, {"VirtualName": "ephemeral0"}] {
		merged([at_root(fields)]) == []
		volume_sources.merged({"image_mappings": [], "mappings": [at_root(fields)]}) == []
		image := at_root(fields)
		volume_sources.merged({"image_mappings": [image], "mappings": []}) == []
		volume_sources.merged({"image_mappings": [image], "mappings": [back]}) == [{"image": image, "launch": back}]
	}
}

# volume is what the mapping and the launch make of these snapshots, for the launching account.
volume(image, asked, snapshots) := volume_sources.volume(
	{"image": image, "launch": asked},
	{"account": fixtures.account, "snapshots": snapshots},
)

sound := {
	"device": "/dev/xvda",
	"snapshot": fixtures.snapshot.SnapshotId,
	"encrypted": "true",
	"owned": "true",
	"source_key": fixtures.key.Arn,
	"asked": false,
	"asked_key": null,
}

test_what_the_snapshot_says if {
	volume(root, {}, [fixtures.data_snapshot, fixtures.snapshot]) == sound
	in_the_clear := object.union(sound, {"encrypted": "false", "source_key": null})
	volume(root, {}, [object.union(fixtures.snapshot, {"OwnerId": "222222222222"})]) == object.union(sound, {"owned": "false"})
	volume(root, {}, [object.union(fixtures.snapshot, {"Encrypted": false})]) == in_the_clear
}

test_what_the_snapshot_does_not_say_is_unknown if {
	volume(root, {}, [object.remove(fixtures.snapshot, ["OwnerId"])]) == object.union(sound, {"owned": "unknown"})
	volume(root, {}, [object.remove(fixtures.snapshot, ["KmsKeyId"])]) == object.union(sound, {"source_key": null})
	silent := object.union(sound, {"encrypted": "unknown", "source_key": null})
	volume(root, {}, [object.remove(fixtures.snapshot, ["Encrypted"])]) == silent
}

# unseen is a volume whose snapshot is not there to tell.
unseen(encrypted) := object.union(sound, {"encrypted": encrypted, "owned": "unknown", "source_key": null})

test_snapshot_that_is_not_there_is_as_the_image_says if {
	volume(root, {}, []) == unseen("true")
	volume(object.union(root, {"Ebs": {"Encrypted": false}}), {}, [fixtures.data_snapshot]) == unseen("false")
	volume(object.union(at_root({}), {"Ebs": {"SnapshotId": sound.snapshot}}), {}, []) == unseen("unknown")
	other := at_root({"Ebs": {"SnapshotId": "snap-0c0c0c0c0c0c0c0c0"}})
	volume(root, other, []) == object.union(unseen("unknown"), {"snapshot": "snap-0c0c0c0c0c0c0c0c0"})
}

test_encryption_is_asked_by_the_launch_or_for_a_blank_volume if {
	wanted := {"Encrypted": true, "KmsKeyId": "alias/golden"}
	asked := {"asked": true, "asked_key": "alias/golden"}
	blank := object.union(unseen("false"), {"snapshot": null})
	volume(root, at_root({"Ebs": wanted}), [fixtures.snapshot]) == object.union(sound, asked)
	volume(at_root({"Ebs": wanted}), {}, []) == object.union(blank, asked)
	volume(at_root({"Ebs": wanted}), at_root({"Ebs": {"Encrypted": false}}), []) == object.union(blank, {"asked_key": "alias/golden"})
	volume({}, {"Ebs": {}}, []) == object.union(blank, {"device": "a device without a name"})
}
