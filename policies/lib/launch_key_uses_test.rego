package amiscan.lib.launch_key_uses_test

import data.amiscan.lib.launch_key_uses
import data.amiscan.testing.fixtures

account := fixtures.account

asking(ebs) := {"data": {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": ebs}]}}

image := object.union(fixtures.image, {"BlockDeviceMappings": [fixtures.root_mapping]})

theirs := "arn:aws:kms:eu-west-1:222222222222:key/0f0f0f0f-0f0f-0f0f-0f0f-0f0f0f0f0f0f"

names := [{"KmsKeyId": "alias/golden", "Arn": fixtures.key.Arn}, {"KmsKeyId": "alias/lost", "Arn": "arn:lost"}]

snapshot(fields) := object.union(fixtures.snapshot, fields)

needs(launch, of_image, snapshots) := launch_key_uses.needs(made, [fixtures.key], names, account) if {
	made := launch_key_uses.made(launch, of_image, snapshots, account)
}

need(key, use) := {"key": key, "use": use, "devices": ["/dev/xvda"]}

test_own_snapshots_need_their_key_once_for_all_devices if {
	needs({}, fixtures.image, [fixtures.snapshot, fixtures.data_snapshot]) == [object.union(
		need(fixtures.key, "destination"),
		{"devices": ["/dev/sdf", "/dev/xvda"]},
	)]
	needs(asking({"Encrypted": true, "KmsKeyId": "alias/golden"}), image, [fixtures.snapshot]) == [need(fixtures.key, "destination")]
}

test_shared_snapshot_and_one_of_nobody_need_their_key_to_be_read if {
	shared := [snapshot({"OwnerId": "222222222222", "KmsKeyId": theirs})]
	needs({}, image, [object.remove(fixtures.snapshot, ["OwnerId"])]) == [need(fixtures.key, "source")]
	needs({}, image, shared) == [need({"Arn": theirs}, "source")]
	{one | some one in needs(asking({"Encrypted": true, "KmsKeyId": "alias/golden"}), image, shared)} == {
		need({"Arn": theirs}, "source"),
		need(fixtures.key, "destination"),
	}
}

test_keys_that_other_policies_speak_of if {
	clear := [snapshot({"Encrypted": false})]
	needs({}, image, clear) == []
	every name in ["alias/lost", "alias/none", replace(fixtures.key.Arn, "1234abcd-", "5678abcd-"), replace(theirs, "key/", "alias/")] {
		needs(asking({"Encrypted": true, "KmsKeyId": name}), image, clear) == []
	}
	needs(asking({"Encrypted": true, "KmsKeyId": theirs}), image, clear) == [need({"Arn": theirs}, "destination")]
}

test_volumes_that_ec2_refuses_are_left_out if {
	launch_key_uses.made(asking({"KmsKeyId": theirs}), image, [fixtures.snapshot], account) == []
	launch_key_uses.made({}, {}, [], account) == []
}

# hidden are the snapshots of the volumes that may be under a key that is not seen.
hidden(launch, of_image, snapshots) := [volume.snapshot |
	made := launch_key_uses.made(launch, of_image, snapshots, account)
	some volume in launch_key_uses.hidden(made, launch, of_image, snapshots, account)
]

foreign := object.union(image, {"OwnerId": "222222222222"})

test_snapshots_whose_key_is_not_seen if {
	id := fixtures.snapshot.SnapshotId
	hidden({}, image, [object.remove(fixtures.snapshot, ["KmsKeyId"])]) == [id]
	hidden({}, image, [object.remove(fixtures.snapshot, ["Encrypted"])]) == [id]
	hidden(asking({"SnapshotId": id}), foreign, [object.remove(fixtures.snapshot, ["KmsKeyId"])]) == [id]
	other_device := {"data": {"BlockDeviceMappings": [{"DeviceName": "/dev/sdg", "Ebs": {"SnapshotId": "snap-0c0c0c0c0c0c0c0c0"}}]}}
	hidden(other_device, foreign, []) == [id]
	hidden({}, object.remove(image, ["OwnerId"]), []) == [id]
}

test_snapshots_that_are_seen_in_the_clear_or_gone if {
	clear := object.union(fixtures.root_mapping, {"Ebs": {"Encrypted": false}})
	hidden({}, foreign, [fixtures.snapshot]) == []
	hidden({}, object.union(foreign, {"BlockDeviceMappings": [clear]}), []) == []
	hidden({}, image, []) == []
	hidden(asking({"SnapshotId": "snap-0c0c0c0c0c0c0c0c0"}), foreign, []) == []
}
