package amiscan.readiness.ami_mapping_old_type_test

import data.amiscan.readiness.ami_mapping_old_type as policy
import data.amiscan.testing.fixtures

typed(type) := fixtures.with_image({"BlockDeviceMappings": [
	fixtures.root_mapping,
	object.union(fixtures.data_mapping, {"Ebs": {"VolumeType": type}}),
]})

finding(type, instead) := {
	"msg": sprintf("/dev/sdf: the volume type %s is of a previous generation; %s takes its place", [type, instead]),
	"subject": "/dev/sdf",
	"evidence": {"VolumeType": type},
}

test_fail_old_types if {
	policy.violation == {finding("standard", "gp3")} with input as typed("standard")
	policy.violation == {finding("gp2", "gp3")} with input as typed("gp2")
	policy.violation == {finding("io1", "io2")} with input as typed("io1")
	policy.undecided == set() with input as typed("io1")
}

test_pass_current_types if {
	every type in ["gp3", "io2"] {
		policy.applies with input as typed(type)
		policy.violation == set() with input as typed(type)
		policy.undecided == set() with input as typed(type)
	}
}

test_near_hard_disks_have_no_newer_type if {
	every type in ["st1", "sc1"] {
		policy.violation == set() with input as typed(type)
	}
}

test_near_not_applicable if {
	mapping := object.union(fixtures.root_mapping, {"Ebs": {"VolumeType": "gp2"}})
	silent := {"DeviceName": "/dev/sdg", "Ebs": {"VolumeSize": 10}}
	every fields in [{"State": "disabled"}, {"State": "failed"}, {"Name": "AwsBackup_i-0a_1"}] {
		document := fixtures.with_image(object.union(fields, {"BlockDeviceMappings": [mapping, silent]}))
		not policy.applies with input as document
		policy.violation == set() with input as document
		policy.undecided == set() with input as document
	}
}

test_near_instance_store_volume if {
	document := fixtures.with_image({"BlockDeviceMappings": [{"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"}]})
	policy.undecided == set() with input as document
}

test_unknown_without_a_type if {
	silent := {"DeviceName": "/dev/sdg", "Ebs": {"VolumeSize": 10}}
	document := fixtures.with_image({"BlockDeviceMappings": [silent]})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": "/dev/sdg: the image does not say which volume type it maps",
		"subject": "/dev/sdg",
	}} with input as document
}

test_near_snapshot_on_an_outpost if {
	arn := "arn:aws:outposts:eu-west-1:111122223333:outpost/op-0a0a0a0a0a0a0a0a0"
	mapping := object.union(fixtures.root_mapping, {"Ebs": {"VolumeType": "gp2", "OutpostArn": arn}})
	document := fixtures.with_image({"BlockDeviceMappings": [mapping]})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}
