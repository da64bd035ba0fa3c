package amiscan.encryption.ami_mapping_not_cmk_test

import data.amiscan.encryption.ami_mapping_not_cmk as policy
import data.amiscan.testing.fixtures

aws_key := object.union(fixtures.key, {
	"Arn": "arn:aws:kms:eu-west-1:111122223333:key/0000abcd-12ab-34cd-56ef-1234567890ab",
	"KeyManager": "AWS",
})

image_with(snapshots, keys) := fixtures.ami({"image": fixtures.image, "snapshots": snapshots, "keys": keys})

data_under(arn) := object.union(fixtures.data_snapshot, {"KmsKeyId": arn})

finding := {
	"msg": "/dev/sdf: snapshot snap-0b0b0b0b0b0b0b0b0 is encrypted under a key that AWS manages",
	"subject": "/dev/sdf",
	"evidence": {"SnapshotId": "snap-0b0b0b0b0b0b0b0b0", "KmsKeyId": aws_key.Arn},
}

test_fail_aws_managed_key if {
	document := image_with([fixtures.snapshot, data_under(aws_key.Arn)], [fixtures.key, aws_key])
	policy.violation == {finding} with input as document
	policy.undecided == set() with input as document
}

test_pass_customer_managed_key if {
	document := image_with([fixtures.snapshot, fixtures.data_snapshot], [fixtures.key])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_mapping_that_is_not_encrypted if {
	clear := object.union(fixtures.root_mapping, {"Ebs": {"Encrypted": false}})
	document := fixtures.ami({
		"image": object.union(fixtures.image, {"BlockDeviceMappings": [clear]}),
		"snapshots": [],
		"keys": [],
	})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_silent_mapping_with_a_clear_snapshot if {
	silent := {"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": fixtures.snapshot.SnapshotId}}
	snapshot := object.union(object.remove(fixtures.snapshot, ["KmsKeyId"]), {"Encrypted": false})
	document := fixtures.ami({
		"image": object.union(fixtures.image, {"BlockDeviceMappings": [silent]}),
		"snapshots": [snapshot],
		"keys": [],
	})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_unknown_key if {
	unmanaged := object.remove(aws_key, ["KeyManager"])
	every keys in [[fixtures.key], [fixtures.key, unmanaged]] {
		document := image_with([fixtures.snapshot, data_under(aws_key.Arn)], keys)
		policy.violation == set() with input as document
		policy.undecided == {{
			"msg": sprintf("/dev/sdf: KMS does not tell who manages the key %s", [aws_key.Arn]),
			"subject": "/dev/sdf",
		}} with input as document
	}
}

test_unknown_snapshot if {
	document := image_with([fixtures.snapshot], [fixtures.key])
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": concat(" ", [
			"/dev/sdf: snapshot snap-0b0b0b0b0b0b0b0b0 is not in this account,",
			"or does not say which key it is encrypted under",
		]),
		"subject": "/dev/sdf",
	}} with input as document
}
