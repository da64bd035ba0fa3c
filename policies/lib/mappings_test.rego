package amiscan.lib.mappings_test

import data.amiscan.lib.mappings
import data.amiscan.testing.fixtures

blank := {"DeviceName": "/dev/sdg", "Ebs": {"Encrypted": true, "VolumeSize": 10}}

clear := {"DeviceName": "/dev/sdh", "Ebs": {"Encrypted": false, "SnapshotId": "snap-0c"}}

silent := {"DeviceName": "/dev/sdi", "Ebs": {"SnapshotId": "snap-0d"}}

image := object.union(fixtures.image, {"BlockDeviceMappings": [
	fixtures.root_mapping,
	blank,
	clear,
	silent,
	{"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"},
	{"DeviceName": "/dev/sdc", "NoDevice": ""},
	{"DeviceName": "/dev/sdd", "NoDevice": "", "Ebs": {"SnapshotId": "snap-0e"}},
]})

test_ebs if mappings.ebs(image) == [fixtures.root_mapping, blank, clear, silent]

test_ebs_of_an_image_without_mappings if mappings.ebs({}) == []

test_from_snapshot if mappings.from_snapshot(image) == [fixtures.root_mapping, clear, silent]

test_encrypted_or_silent if mappings.encrypted(image) == [fixtures.root_mapping, silent]

test_device if {
	mappings.device(blank) == "/dev/sdg"
	mappings.device({}) == "a mapping without a device name"
}

test_is_root if {
	mappings.is_root(fixtures.root_mapping, image)
	not mappings.is_root(fixtures.data_mapping, image)
	not mappings.is_root({}, object.remove(image, ["RootDeviceName"]))
}

test_tells_key if {
	mappings.tells_key([fixtures.snapshot], fixtures.snapshot.SnapshotId)
	mappings.tells_key([{"SnapshotId": "snap-0c", "Encrypted": false}], "snap-0c")
	not mappings.tells_key([fixtures.snapshot], "snap-0c")
	not mappings.tells_key([object.remove(fixtures.snapshot, ["KmsKeyId"])], fixtures.snapshot.SnapshotId)
}

test_without_key if {
	mappings.without_key(silent) == {
		"msg": "/dev/sdi: snapshot snap-0d is not in this account, or does not say which key it is encrypted under",
		"subject": "/dev/sdi",
	}
}
