package amiscan.launch.lt_type_refused_test

import data.amiscan.launch.lt_type_refused as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

said(text) := sprintf("version 3 of launch template web: %s", [text])

listing(side, pattern) := {"InstanceTypeSpecification": {side: [{"InstanceType": pattern}]}}

cannot_encrypt := {"EbsInfo": {"EncryptionSupport": "unsupported"}}

test_fail_type_of_the_lists if {
	every specification in [listing("UnsupportedInstanceTypes", "m7i.*"), listing("SupportedInstanceTypes", "t3.*")] {
		policy.violation == {{
			"msg": said("image ami-0a1b2c3d4e5f60718 does not support m7i.large: the launch fails"),
			"subject": "3",
			"evidence": object.union({"InstanceType": "m7i.large"}, specification),
		}} with input as boot.document({"image": specification})
	}
}

test_fail_encrypted_volume if {
	policy.violation == {{
		"msg": said("volume /dev/xvda is encrypted, which m7i.large does not support: the launch fails"),
		"subject": "3 /dev/xvda",
		"evidence": {
			"InstanceType": "m7i.large",
			"EncryptionSupport": "unsupported",
			"snapshot": "snap-0a0a0a0a0a0a0a0a0",
		},
	}} with input as boot.document({"image": {"BlockDeviceMappings": [fixtures.root_mapping]}, "type": cannot_encrypt})
}

# A volume that is asked to be encrypted, or becomes so by the account's default, counts as well.
test_fail_volume_that_becomes_encrypted if {
	asks := {"data": {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": true}}]}}
	every document in [clear(false, {"launch": asks}), clear(true, {}), unseen(true)] {
		{finding.subject | some finding in policy.violation} == {"3 /dev/xvda"} with input as document
		policy.undecided == set() with input as document
	}
}

test_pass_type_that_encrypts if silent(boot.document({}))

test_pass_type_of_the_lists if {
	silent(boot.document({"image": listing("SupportedInstanceTypes", "m7i.*")}))
	silent(boot.document({"image": listing("UnsupportedInstanceTypes", "m7i")}))
	silent(boot.document({"image": {"InstanceTypeSpecification": {"SupportedInstanceTypes": []}}}))
}

test_near_volumes_in_the_clear if silent(clear(false, {}))

# The volumes of another image are no volumes of this launch.
test_near_volumes_of_another_image if {
	document := clear(false, {})
	bare := {"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0c0c0c0c0c0c0c0c0"}}
	other := {"ImageId": "ami-00000000000000aaa", "BlockDeviceMappings": [bare]}
	silent(object.union(document, {"images": array.concat(document.images, [other])}))
}

test_near_volume_that_nobody_tells_of_on_a_type_that_encrypts if {
	silent(object.union(unseen(false), {"instance_types": [fixtures.instance_type]}))
}

test_near_not_judged if {
	gone := {"State": "disabled"}
	silent(boot.document({"image": object.union(gone, listing("UnsupportedInstanceTypes", "*"))}))
	silent(boot.document({"image": gone, "type": cannot_encrypt}))
	silent(boot.document({"type": object.union(cannot_encrypt, {"InstanceType": "t2.micro"})}))
	silent(boot.document({"facts": {"launches": [object.remove(fixtures.launch, ["instance_type"])]}}))
	silent(clear(false, {"facts": {"instance_types": [silent_type]}}))
}

test_undecided_volume if {
	untold := boot.document({
		"image": {"BlockDeviceMappings": [fixtures.root_mapping]},
		"facts": {"instance_types": [silent_type]},
	})
	every document in [unseen(false), untold] {
		policy.violation == set() with input as document
		policy.undecided == {{
			"msg": said("whether volume /dev/xvda is encrypted or m7i.large supports that is not clear"),
			"subject": "3",
		}} with input as document
	}
}

test_undecided_without_a_type if {
	document := boot.document({"facts": {
		"launches": [object.remove(fixtures.launch, ["instance_type"])],
		"images": [object.union(fixtures.image, listing("UnsupportedInstanceTypes", "t2.*"))],
	}})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": said(concat(" ", [
			"it names no instance type, so whether it is one that image ami-0a1b2c3d4e5f60718 supports",
			"is not known before it launches",
		])),
		"subject": "3",
	}} with input as document
}

silent_type := object.remove(fixtures.instance_type, ["EbsInfo"])

# clear has one volume in the clear on a type that does not encrypt, with encryption by default on or off.
clear(by_default, changes) := boot.document(object.union(
	{
		"image": {"BlockDeviceMappings": [object.union(fixtures.root_mapping, {"Ebs": {"Encrypted": false}})]},
		"type": cannot_encrypt,
		"facts": {
			"snapshots": [object.union(fixtures.snapshot, {"Encrypted": false})],
			"ebs_encryption_by_default": {"EbsEncryptionByDefault": by_default},
		},
	},
	changes,
))

# unseen is a volume of which neither the image nor a snapshot tells whether it is encrypted.
unseen(by_default) := boot.document({
	"image": {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0c0c0c0c0c0c0c0c0"}}]},
	"type": cannot_encrypt,
	"facts": {"ebs_encryption_by_default": {"EbsEncryptionByDefault": by_default}},
})

silent(document) if {
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}
