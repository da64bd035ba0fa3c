package amiscan.readiness.ami_mapping_keep_volume_test

import data.amiscan.readiness.ami_mapping_keep_volume as policy
import data.amiscan.testing.fixtures

kept(mapping) := object.union(mapping, {"Ebs": {"DeleteOnTermination": false}})

silent(mapping) := object.union(
	object.remove(mapping, ["Ebs"]),
	{"Ebs": object.remove(mapping.Ebs, ["DeleteOnTermination"])},
)

mapped(mappings) := fixtures.with_image({"BlockDeviceMappings": mappings})

finding(device) := {
	"msg": sprintf("%s: its volume stays when the instance is terminated", [device]),
	"subject": device,
	"evidence": {"DeleteOnTermination": false},
}

test_fail_data_volume if {
	policy.violation == {finding("/dev/sdf")} with input as mapped([fixtures.root_mapping, kept(fixtures.data_mapping)])
}

test_fail_root_and_blank_volumes if {
	blank := {"DeviceName": "/dev/sdg", "Ebs": {"DeleteOnTermination": false, "VolumeSize": 10}}
	document := mapped([kept(fixtures.root_mapping), blank])
	policy.violation == {finding("/dev/xvda"), finding("/dev/sdg")} with input as document
	policy.undecided == set() with input as document
}

test_pass_all_volumes_go if {
	document := fixtures.ami({"image": fixtures.image})
	policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_devices_without_a_volume_of_their_own if {
	document := mapped([{"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"}, {"DeviceName": "/dev/sdc", "NoDevice": ""}])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_not_applicable if {
	every fields in [{"State": "disabled"}, {"State": "failed"}, {"Name": "AwsBackup_i-0a_1"}] {
		mappings := [kept(fixtures.root_mapping), silent(fixtures.data_mapping)]
		document := fixtures.with_image(object.union(fields, {"BlockDeviceMappings": mappings}))
		not policy.applies with input as document
		policy.violation == set() with input as document
		policy.undecided == set() with input as document
	}
}

test_unknown_without_the_flag if {
	document := mapped([silent(fixtures.root_mapping)])
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": "/dev/xvda: the image does not say whether its volume is deleted with the instance",
		"subject": "/dev/xvda",
	}} with input as document
}
