package amiscan.encryption.ami_keys_mixed_test

import data.amiscan.encryption.ami_keys_mixed as policy
import data.amiscan.testing.fixtures

second_arn := "arn:aws:kms:eu-west-1:111122223333:key/0000abcd-12ab-34cd-56ef-1234567890ab"

mapped(fields, snapshots) := fixtures.ami({"image": object.union(fixtures.image, fields), "snapshots": snapshots})

data_under(arn) := object.union(fixtures.data_snapshot, {"KmsKeyId": arn})

clear(snapshot) := object.union(object.remove(snapshot, ["KmsKeyId"]), {"Encrypted": false})

finding(device, root, other) := {
	"msg": sprintf("%s is under %s, the root device under %s", [device, other, root]),
	"subject": device,
	"evidence": {"root": root, "other": other},
}

test_fail_two_keys if {
	document := mapped({}, [fixtures.snapshot, data_under(second_arn)])
	policy.violation == {finding("/dev/sdf", fixtures.key.Arn, second_arn)} with input as document
	policy.undecided == set() with input as document
}

test_fail_partly_in_the_clear if {
	document := mapped({}, [fixtures.snapshot, clear(fixtures.data_snapshot)])
	policy.violation == {finding("/dev/sdf", fixtures.key.Arn, "no key")} with input as document
	policy.undecided == set() with input as document
}

test_fail_root_in_the_clear if {
	document := mapped({}, [clear(fixtures.snapshot), fixtures.data_snapshot])
	policy.violation == {finding("/dev/sdf", "no key", fixtures.key.Arn)} with input as document
}

test_pass_one_key if {
	document := mapped({}, [fixtures.snapshot, fixtures.data_snapshot])
	policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_pass_none_is_encrypted if {
	document := mapped({}, [clear(fixtures.snapshot), clear(fixtures.data_snapshot)])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_blank_volume if {
	blank := {"DeviceName": "/dev/sdg", "Ebs": {"Encrypted": false, "VolumeSize": 10}}
	document := mapped({"BlockDeviceMappings": [fixtures.root_mapping, blank]}, [fixtures.snapshot])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_not_applicable if {
	cases := [
		{"State": "disabled"},
		{"State": "failed"},
		{"Name": "AwsBackup_i-0a_1"},
		{"RootDeviceName": "/dev/sda1"},
		{"State": "pending", "RootDeviceName": "/dev/sda1"},
	]
	every fields in cases {
		every snapshots in [[fixtures.snapshot, data_under(second_arn)], []] {
			not policy.applies with input as mapped(fields, snapshots)
			policy.violation == set() with input as mapped(fields, snapshots)
			policy.undecided == set() with input as mapped(fields, snapshots)
		}
	}
}

test_unknown_snapshot if {
	unsaid := object.remove(fixtures.data_snapshot, ["KmsKeyId"])
	every snapshots in [[fixtures.snapshot], [fixtures.snapshot, unsaid]] {
		policy.violation == set() with input as mapped({}, snapshots)
		policy.undecided == {{
			"msg": concat(" ", [
				"/dev/sdf: snapshot snap-0b0b0b0b0b0b0b0b0 is not in this account,",
				"or does not say which key it is encrypted under",
			]),
			"subject": "/dev/sdf",
		}} with input as mapped({}, snapshots)
	}
}

test_unknown_while_pending if {
	every snapshots in [[fixtures.snapshot, data_under(second_arn)], []] {
		document := mapped({"State": "pending"}, snapshots)
		policy.violation == set() with input as document
		policy.undecided == {{"msg": concat(" ", [
			"image ami-0a1b2c3d4e5f60718 is still pending; judge it after:",
			"aws ec2 wait image-available --image-ids ami-0a1b2c3d4e5f60718",
		])}} with input as document
	}
}
