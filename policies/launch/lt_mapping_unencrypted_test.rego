package amiscan.launch.lt_mapping_unencrypted_test

import data.amiscan.launch.lt_mapping_unencrypted as policy
import data.amiscan.testing.fixtures

root := {"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0a0a0a0a0a0a0a0a0", "Encrypted": false}}

blank := {"DeviceName": "/dev/sdf", "Ebs": {"VolumeSize": 100}}

secret_root := {"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0a0a0a0a0a0a0a0a0", "Encrypted": true}}

clear_snapshot := object.union(object.remove(fixtures.snapshot, ["KmsKeyId"]), {"Encrypted": false})

image(mappings) := object.union(object.remove(fixtures.image, ["BlockDeviceMappings"]), {"BlockDeviceMappings": mappings})

mapping(launch_mappings) := object.union(
	object.remove(fixtures.launch, ["data"]),
	{"data": {"BlockDeviceMappings": launch_mappings}},
)

# launching has the image's mappings, the launch's, and the visible snapshots; encryption by default is off.
launching(images, launch, snapshots) := fixtures.launcher({
	"launches": [launch],
	"images": images,
	"snapshots": snapshots,
	"ebs_encryption_by_default": {"EbsEncryptionByDefault": false},
})

encrypting(document) := object.union(document, {"ebs_encryption_by_default": {"EbsEncryptionByDefault": true}})

finding(device, snapshot) := {
	"msg": sprintf(
		"version 3 of launch template web: volume %s is in clear: nothing asks for its encryption",
		[device],
	),
	"subject": sprintf("3 %s", [device]),
	"evidence": {"DeviceName": device, "SnapshotId": snapshot},
}

doubt(device) := {
	"msg": sprintf(
		"version 3 of launch template web: whether volume %s is encrypted can't be told",
		[device],
	),
	"subject": sprintf("3 %s", [device]),
}

in_order(document) if {
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_fail_snapshot_in_clear if {
	every snapshots in [[clear_snapshot], []] {
		document := launching([image([root])], mapping([]), snapshots)
		policy.violation == {finding("/dev/xvda", "snap-0a0a0a0a0a0a0a0a0")} with input as document
		policy.undecided == set() with input as document
	}
}

test_fail_mapping_of_the_launch_says_nothing_or_false if {
	every ebs in [{"VolumeSize": 50}, {"Encrypted": false}] {
		over := mapping([{"DeviceName": "/dev/xvda", "Ebs": ebs}])
		document := launching([image([root])], over, [clear_snapshot])
		policy.violation == {finding("/dev/xvda", "snap-0a0a0a0a0a0a0a0a0")} with input as document
	}
}

test_fail_blank_volume_that_the_launch_adds if {
	document := launching([image([secret_root])], mapping([blank]), [fixtures.snapshot])
	policy.violation == {finding("/dev/sdf", null)} with input as document
	policy.undecided == set() with input as document
}

test_fail_visible_snapshot_that_the_launch_maps if {
	over := mapping([{"DeviceName": "/dev/sdf", "Ebs": {"SnapshotId": clear_snapshot.SnapshotId}}])
	document := launching([image([])], over, [clear_snapshot])
	policy.violation == {finding("/dev/sdf", clear_snapshot.SnapshotId)} with input as document
	policy.undecided == set() with input as document
}

test_fail_each_volume_on_its_own if {
	document := launching([image([root, blank])], mapping([]), [clear_snapshot])
	policy.violation == {
		finding("/dev/xvda", "snap-0a0a0a0a0a0a0a0a0"),
		finding("/dev/sdf", null),
	} with input as document
}

test_fail_device_under_another_name_than_the_root if {
	over := mapping([{"DeviceName": "/dev/sda1", "Ebs": {"Encrypted": true}}])
	document := launching([image([root])], over, [clear_snapshot])
	policy.violation == {finding("/dev/xvda", "snap-0a0a0a0a0a0a0a0a0")} with input as document
}

test_pass_account_encrypts if {
	every over in [mapping([]), mapping([{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": false}}, blank])] {
		in_order(encrypting(launching([image([root])], over, [clear_snapshot])))
		in_order(encrypting(launching([image([object.remove(root, ["Ebs"]), blank])], over, [])))
	}
	nameless := object.remove(mapping([blank]), ["image_id", "image_reference"])
	in_order(encrypting(launching([], nameless, [])))
}

test_pass_launch_encrypts if {
	over := mapping([
		{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": true}},
		{"DeviceName": "/dev/sdf", "Ebs": {"Encrypted": true, "KmsKeyId": fixtures.key.Arn, "VolumeSize": 8}},
	])
	in_order(launching([image([root])], over, [clear_snapshot]))
}

test_pass_snapshot_is_encrypted if {
	over := mapping([{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": false}}])
	in_order(launching([image([secret_root])], over, [fixtures.snapshot]))
	in_order(launching([image([secret_root])], mapping([]), []))
}

test_near_no_volume_is_made if {
	over := mapping([{"DeviceName": "/dev/sdf", "NoDevice": ""}, {"DeviceName": "/dev/sdg", "VirtualName": "ephemeral0"}])
	in_order(launching([image([secret_root, blank])], over, [fixtures.snapshot]))
}

test_near_key_without_encrypted_is_refused_and_judged_elsewhere if {
	over := mapping([{"DeviceName": "/dev/xvda", "Ebs": {"KmsKeyId": fixtures.key.Arn}}])
	in_order(launching([image([root])], over, [clear_snapshot]))
}

test_near_image_that_is_not_launched if {
	in_order(launching([], mapping([]), []))
	in_order(launching([object.union(image([root]), {"State": "disabled"})], mapping([]), [clear_snapshot]))
	in_order(launching([object.union(image([root]), {"ImageId": "ami-00000000000000001"})], mapping([]), []))
}

test_near_nothing_is_launched if in_order(launching([], {"subject": "", "missing": "template"}, []))

test_undecided_snapshot_of_the_launch_is_not_seen if {
	over := mapping([{"DeviceName": "/dev/sdf", "Ebs": {"SnapshotId": "snap-0f0f0f0f0f0f0f0f0"}}])
	document := launching([image([secret_root])], over, [fixtures.snapshot])
	policy.violation == set() with input as document
	policy.undecided == {doubt("/dev/sdf")} with input as document
}

test_near_snapshot_is_not_seen_but_encryption_is_asked_for if {
	unseen := {"SnapshotId": "snap-0f0f0f0f0f0f0f0f0"}
	asked := mapping([{"DeviceName": "/dev/sdf", "Ebs": object.union(unseen, {"Encrypted": true})}])
	in_order(launching([image([secret_root])], asked, [fixtures.snapshot]))
	over := mapping([{"DeviceName": "/dev/sdf", "Ebs": unseen}])
	in_order(encrypting(launching([image([secret_root])], over, [fixtures.snapshot])))
}

test_near_snapshot_is_encrypted_and_whose_it_is_is_not_seen if {
	foreign := object.remove(fixtures.snapshot, ["OwnerId"])
	in_order(launching([image([secret_root])], mapping([]), [foreign]))
}

test_undecided_without_an_image if {
	nameless := object.remove(mapping([]), ["image_id", "image_reference"])
	document := launching([], nameless, [])
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": concat(" ", [
			"version 3 of launch template web:",
			"it names no image, so what its volumes are made from is not known",
		]),
		"subject": "3",
	}} with input as document
}

test_undecided_without_the_setting if {
	document := object.union(
		object.remove(launching([image([root])], mapping([]), [clear_snapshot]), ["ebs_encryption_by_default"]),
		{"ebs_encryption_by_default": {}},
	)
	policy.violation == set() with input as document
	policy.undecided == {doubt("/dev/xvda")} with input as document
}
