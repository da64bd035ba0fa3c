package amiscan.lib.image_keys_test

import data.amiscan.lib.image_keys
import data.amiscan.testing.fixtures

mapping(id, fields) := {"DeviceName": "/dev/xvda", "Ebs": object.union({"SnapshotId": id}, fields)}

image(mappings) := {"BlockDeviceMappings": mappings}

encrypted(id, key) := {"SnapshotId": id, "Encrypted": true, "KmsKeyId": key}

clear(id) := {"SnapshotId": id, "Encrypted": false}

test_keys_are_those_of_the_mapped_snapshots if {
	mapped := image([mapping("snap-1", {}), mapping("snap-2", {"Encrypted": false}), mapping("snap-3", {})])
	snapshots := [encrypted("snap-1", "k1"), encrypted("snap-2", "k2"), clear("snap-3"), encrypted("snap-4", "k4")]
	image_keys.arns(mapped, snapshots) == {"k1", "k2"}
	image_keys.arns(fixtures.image, [fixtures.snapshot, fixtures.data_snapshot]) == {fixtures.key.Arn}
}

test_a_clear_snapshot_has_no_key_whatever_is_written_beside if {
	image_keys.arns(image([mapping("snap-1", {})]), [object.union(encrypted("snap-1", "k1"), {"Encrypted": false})]) == set()
}

test_mappings_without_a_snapshot_have_no_key_and_hide_none if {
	mapped := image([{"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"}, {"DeviceName": "/dev/sdc", "Ebs": {"Encrypted": true}}])
	[image_keys.arns(mapped, []), image_keys.hidden(mapped, [])] == [set(), set()]
}

test_hidden_is_what_may_be_encrypted_and_nothing_tells if {
	mapped := image([
		mapping("snap-1", {"Encrypted": true}),
		mapping("snap-2", {}),
		mapping("snap-3", {"Encrypted": null}),
		mapping("snap-4", {"Encrypted": false}),
	])
	image_keys.hidden(mapped, []) == {"snap-1", "snap-2", "snap-3"}
	image_keys.hidden(mapped, [encrypted("snap-1", "k1"), clear("snap-2"), encrypted("snap-9", "k1")]) == {"snap-3"}
}

test_hidden_is_a_snapshot_that_does_not_tell_its_key if {
	mapped := image([mapping("snap-1", {"Encrypted": true})])
	every fields in [{}, {"Encrypted": true}, {"Encrypted": null}, {"OwnerId": fixtures.account}] {
		image_keys.hidden(mapped, [object.union({"SnapshotId": "snap-1"}, fields)]) == {"snap-1"}
	}
}

test_a_key_that_is_not_listed_is_only_its_arn if {
	image_keys.key([fixtures.key], fixtures.key.Arn) == fixtures.key
	{key | some keys in [[fixtures.key], [], [{"KeyId": "k1"}]]; key := image_keys.key(keys, "k1")} == {{"Arn": "k1"}}
}

# EC2 names a key of encrypted snapshots only.
test_a_snapshot_that_names_a_key_is_encrypted_unless_it_is_clear if {
	mapped := image([mapping("snap-1", {})])
	every fields in [{}, {"Encrypted": null}, {"Encrypted": true}] {
		snapshots := [object.union({"SnapshotId": "snap-1", "KmsKeyId": "k1"}, fields)]
		[image_keys.arns(mapped, snapshots), image_keys.hidden(mapped, snapshots)] == [{"k1"}, set()]
	}
}

# null is not an empty list: nothing was seen.
test_what_is_not_beside_the_arn_is_null if {
	list := [{"Arn": "k1", "Grants": []}, {"Arn": "k2", "Grants": [{"GrantId": "g1"}]}, {"Arn": "k3"}]
	found := [image_keys.beside(list, arn, "Grants") | some arn in ["k1", "k2", "k3", "k4", "K1"]]
	found == [[], [{"GrantId": "g1"}], null, null, null]
}
