package amiscan.encryption.ami_mapping_unencrypted_test

import data.amiscan.encryption.ami_mapping_unencrypted as policy
import data.amiscan.testing.fixtures

# mapped is the image with these mappings, beside the snapshots that were found.
mapped(mappings, snapshots) := fixtures.ami({
	"image": object.union(fixtures.image, {"BlockDeviceMappings": mappings}),
	"snapshots": snapshots,
})

plain(mapping) := object.union(mapping, {"Ebs": {"Encrypted": false}})

silent(mapping) := object.union(mapping, {"Ebs": {"Encrypted": null}})

missing(mapping) := object.union(
	object.remove(mapping, ["Ebs"]),
	{"Ebs": object.remove(mapping.Ebs, ["Encrypted"])},
)

root_finding := {
	"msg": "/dev/xvda: snapshot snap-0a0a0a0a0a0a0a0a0 is not encrypted",
	"subject": "/dev/xvda",
	"evidence": {"SnapshotId": "snap-0a0a0a0a0a0a0a0a0", "Encrypted": false},
}

data_finding := {
	"msg": "/dev/sdf: snapshot snap-0b0b0b0b0b0b0b0b0 is not encrypted",
	"subject": "/dev/sdf",
	"evidence": {"SnapshotId": "snap-0b0b0b0b0b0b0b0b0", "Encrypted": false},
}

root_undecided := {
	"msg": concat(" ", [
		"/dev/xvda: the mapping does not say whether it is encrypted,",
		"and its snapshot snap-0a0a0a0a0a0a0a0a0 is not there to tell",
	]),
	"subject": "/dev/xvda",
}

test_fail_one_unencrypted_mapping if {
	document := mapped([fixtures.root_mapping, plain(fixtures.data_mapping)], [])
	policy.violation == {data_finding} with input as document
	policy.undecided == set() with input as document
}

test_fail_a_mapping_without_a_device_name if {
	document := mapped([object.remove(plain(fixtures.root_mapping), ["DeviceName"])], [])
	count(policy.violation) == 1 with input as document
}

test_fail_each_unencrypted_mapping if {
	document := mapped([plain(fixtures.root_mapping), plain(fixtures.data_mapping)], [])
	policy.violation == {root_finding, data_finding} with input as document
}

test_fail_by_the_snapshot_where_the_mapping_does_not_say if {
	snapshot := object.union(fixtures.snapshot, {"Encrypted": false})
	every mapping in [silent(fixtures.root_mapping), missing(fixtures.root_mapping)] {
		policy.violation == {root_finding} with input as mapped([mapping], [snapshot])
		policy.undecided == set() with input as mapped([mapping], [snapshot])
	}
}

test_fail_pending_image_for_what_is_seen_already if {
	document := fixtures.with_image({"State": "pending", "BlockDeviceMappings": [plain(fixtures.root_mapping)]})
	policy.violation == {root_finding} with input as document
}

test_pass_encrypted_image_without_any_snapshot_seen if {
	policy.violation == set() with input as fixtures.ami({"image": fixtures.image})
	policy.undecided == set() with input as fixtures.ami({"image": fixtures.image})
}

test_pass_by_the_snapshot_where_the_mapping_does_not_say if {
	document := mapped([missing(fixtures.root_mapping), fixtures.data_mapping], [fixtures.snapshot])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_instance_store_and_no_device_entries if {
	document := mapped(
		[
			fixtures.root_mapping,
			{"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"},
			{"DeviceName": "/dev/sdc", "NoDevice": ""},
		],
		[],
	)
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_blank_mapping_is_decided_at_launch if {
	blank := {"DeviceName": "/dev/sdg", "Ebs": {"Encrypted": false, "VolumeSize": 10, "VolumeType": "gp3"}}
	document := mapped([fixtures.root_mapping, blank], [])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_mapping_outweighs_its_snapshot if {
	snapshot := object.union(fixtures.snapshot, {"Encrypted": false})
	policy.violation == set() with input as mapped([fixtures.root_mapping], [snapshot])
}

test_unknown_where_the_snapshot_is_not_there if {
	other := object.union(fixtures.snapshot, {"SnapshotId": "snap-0b0b0b0b0b0b0b0b0"})
	every snapshots in [[], [other], [object.remove(fixtures.snapshot, ["Encrypted"])]] {
		policy.violation == set() with input as mapped([missing(fixtures.root_mapping)], snapshots)
		policy.undecided == {root_undecided} with input as mapped([missing(fixtures.root_mapping)], snapshots)
	}
}

test_unknown_where_there_is_no_list_of_snapshots if {
	document := fixtures.not_found(mapped([missing(fixtures.root_mapping)], []), "snapshots")
	policy.undecided == {root_undecided} with input as document
}

test_unknown_while_pending if {
	document := fixtures.with_image({"State": "pending", "BlockDeviceMappings": []})
	policy.violation == set() with input as document
	policy.undecided == {{"msg": concat(" ", [
		"image ami-0a1b2c3d4e5f60718 is still pending; judge it after:",
		"aws ec2 wait image-available --image-ids ami-0a1b2c3d4e5f60718",
	])}} with input as document
}

test_fail_marked_by_a_tag_that_no_param_names if {
	image := {"Tags": [{"Key": "clear", "Value": "yes"}], "BlockDeviceMappings": [plain(fixtures.root_mapping)]}
	every keys in [[], ["Name"]] {
		policy.applies with input as fixtures.with_image(image) with data.params.clear_tags as keys
		policy.violation == {root_finding} with input as fixtures.with_image(image) with data.params.clear_tags as keys
	}
}

test_near_meant_to_be_in_the_clear if {
	image := {"Tags": [{"Key": "clear", "Value": "yes"}], "BlockDeviceMappings": [plain(fixtures.root_mapping)]}
	not policy.applies with input as fixtures.with_image(image) with data.params.clear_tags as ["clear"]
	policy.violation == set() with input as fixtures.with_image(image) with data.params.clear_tags as ["clear"]
}
