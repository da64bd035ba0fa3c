package amiscan.launch.lt_hibernation_clear_root_test

import data.amiscan.launch.lt_hibernation_clear_root as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

hibernates := {"HibernationOptions": {"Configured": true}}

said(text) := sprintf("version 3 of launch template web: %s", [text])

# asking is the launch that asks for hibernation, changed further.
asking(changes) := boot.document(object.union({"launch": {"data": hibernates}}, changes))

finding(what, reason) := {
	"msg": said(sprintf("asks for hibernation, but %s %s: the launch fails", [what, reason])),
	"subject": sprintf("3 %s", [what]),
	"evidence": hibernates,
}

clear_root := {
	"image": {"BlockDeviceMappings": [object.union(fixtures.root_mapping, {"Ebs": {"Encrypted": false}})]},
	"facts": {
		"snapshots": [object.union(fixtures.snapshot, {"Encrypted": false})],
		"ebs_encryption_by_default": {"EbsEncryptionByDefault": false},
	},
}

test_fail_enclaves if {
	enclaves := {"launch": {"data": {"EnclaveOptions": {"Enabled": true}}}}
	policy.violation == {finding("Nitro Enclaves", "are on")} with input as asking(enclaves)
}

test_fail_type_that_can_not if {
	document := asking({"type": {"HibernationSupported": false}})
	policy.violation == {finding("m7i.large", "does not support it")} with input as document
	policy.undecided == set() with input as document
}

test_fail_root_in_the_clear if {
	policy.violation == {finding(
		"/dev/xvda",
		"of image ami-0a1b2c3d4e5f60718 will not be encrypted",
	)} with input as asking(clear_root)
	policy.undecided == set() with input as asking(clear_root)
}

test_pass_encrypted_root if silent(asking({}))

test_pass_root_that_the_launch_or_the_account_encrypts if {
	asks := {"launch": {"data": {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": true}}]}}}
	silent(asking(object.union(clear_root, asks)))
	silent(asking(object.union(clear_root, {"facts": {"ebs_encryption_by_default": {"EbsEncryptionByDefault": true}}})))
}

test_near_hibernation_is_not_asked_for if {
	every options in [{}, {"Configured": false}] {
		changes := {"launch": {"data": {"HibernationOptions": options, "EnclaveOptions": {"Enabled": true}}}}
		silent(boot.document(object.union_n([changes, clear_root, {"type": {"HibernationSupported": false}}])))
		silent(boot.document(object.union(changes, {"facts": {"instance_types": [silent_type]}})))
	}
}

test_near_data_volume_in_the_clear if {
	document := asking({"facts": {
		"snapshots": [fixtures.snapshot, object.union(fixtures.data_snapshot, {"Encrypted": false})],
		"ebs_encryption_by_default": {"EbsEncryptionByDefault": false},
	}})
	silent(document)
}

test_near_data_volume_that_nobody_tells_of if {
	untold := {"DeviceName": "/dev/sdg", "Ebs": {"SnapshotId": "snap-0c0c0c0c0c0c0c0c0"}}
	silent(asking({
		"image": {"BlockDeviceMappings": [fixtures.root_mapping, untold]},
		"facts": {"ebs_encryption_by_default": {"EbsEncryptionByDefault": false}},
	}))
}

test_undecided_root if {
	bare := {"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0c0c0c0c0c0c0c0c0"}}
	document := asking({
		"image": {"BlockDeviceMappings": [bare]},
		"facts": {"ebs_encryption_by_default": {"EbsEncryptionByDefault": false}},
	})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": said("hibernation needs /dev/xvda encrypted, which can't be told"),
		"subject": "3",
	}} with input as document
}

silent_type := object.remove(fixtures.instance_type, ["HibernationSupported"])

test_undecided_type if {
	document := asking({"facts": {"instance_types": [silent_type]}})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": said("m7i.large does not say whether it supports hibernation"),
		"subject": "3",
	}} with input as document
}

test_undecided_without_a_type if {
	launch := object.union(object.remove(fixtures.launch, ["instance_type"]), {"data": hibernates})
	document := boot.document({"facts": {"launches": [launch]}})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": said("it names no instance type, so whether it supports hibernation is not known before it launches"),
		"subject": "3",
	}} with input as document
}

silent(document) if {
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}
