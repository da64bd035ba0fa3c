package amiscan.launch.lt_dangling_reference_test

import data.amiscan.launch.lt_dangling_reference as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

naming(fields) := {"launch": {"data": fields}}

profile_arn := "arn:aws:iam::111122223333:instance-profile/team/web"

references := {
	"SecurityGroupIds": ["sg-0e1e1e1e1e1e1e1e1"],
	"NetworkInterfaces": [{"Groups": ["sg-0e2e2e2e2e2e2e2e2"], "SubnetId": "subnet-0c1c1c1c1c1c1c1c1"}],
	"KeyName": "operator",
	"IamInstanceProfile": {"Name": "web"},
}

existing := {
	"security_groups": [{"GroupId": "sg-0e1e1e1e1e1e1e1e1"}, {"GroupId": "sg-0e2e2e2e2e2e2e2e2"}],
	"subnets": [{"SubnetId": "subnet-0c1c1c1c1c1c1c1c1"}],
	"key_pairs": [{"KeyName": "operator"}],
	"instance_profiles": [{"InstanceProfileName": "web", "Arn": profile_arn}],
}

finding(kind, name) := {
	"msg": sprintf(
		"version 3 of launch template web: names %s %s, which does not exist for this account: the launch fails",
		[kind, name],
	),
	"subject": sprintf("3 %s", [name]),
	"evidence": {"kind": kind, "name": name},
}

all := {
	finding("security group", "sg-0e1e1e1e1e1e1e1e1"),
	finding("security group", "sg-0e2e2e2e2e2e2e2e2"),
	finding("subnet", "subnet-0c1c1c1c1c1c1c1c1"),
	finding("key pair", "operator"),
	finding("instance profile", "web"),
}

test_fail_nothing_exists if {
	document := boot.document(naming(references))
	policy.violation == all with input as document
	policy.violation == all with input as fixtures.not_found(document, "security_groups")
}

test_fail_each_alone if {
	gone := {
		"security_groups": {finding("security group", "sg-0e1e1e1e1e1e1e1e1"), finding("security group", "sg-0e2e2e2e2e2e2e2e2")},
		"subnets": {finding("subnet", "subnet-0c1c1c1c1c1c1c1c1")},
		"key_pairs": {finding("key pair", "operator")},
		"instance_profiles": {finding("instance profile", "web")},
	}
	every fact, want in gone {
		facts := object.union(existing, {fact: []})
		policy.violation == want with input as boot.document(object.union(naming(references), {"facts": facts}))
	}
}

test_fail_profile_of_another_path if {
	other := "arn:aws:iam::111122223333:instance-profile/web"
	document := boot.document(object.union(naming({"IamInstanceProfile": {"Arn": other}}), {"facts": existing}))
	policy.violation == {finding("instance profile", other)} with input as document
}

test_pass_all_exist if {
	policy.violation == set() with input as boot.document(object.union(naming(references), {"facts": existing}))
}

test_pass_profile_by_arn if {
	document := boot.document(object.union(naming({"IamInstanceProfile": {"Arn": profile_arn}}), {"facts": existing}))
	policy.violation == set() with input as document
}

test_near_nothing_is_named if {
	every fields in [
		{},
		{"SecurityGroups": ["default"]},
		{"NetworkInterfaces": [{"SubnetId": "", "DeviceIndex": 0}], "KeyName": "", "IamInstanceProfile": {"Name": ""}},
	] {
		policy.violation == set() with input as boot.document(naming(fields))
	}
}
