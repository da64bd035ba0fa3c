package amiscan.lib.role_findings_test

import data.amiscan.lib.key_access
import data.amiscan.lib.role_findings
import data.amiscan.testing.fixtures

group_role := fixtures.auto_scaling_role

spot_role := "arn:aws:iam::111122223333:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot"

roles(fields, kind) := role_findings.roles(object.union(fixtures.launch, fields), kind)

test_roles_that_launch if {
	must := {"arn": group_role, "must": true}
	roles({"service_roles": [group_role]}, "auto_scaling_group") == [must]
	roles({"service_roles": [group_role], "spot_role": spot_role}, "ec2_fleet") == [must, {"arn": spot_role, "must": false}]
	roles({"service_roles": [group_role, spot_role], "spot_role": spot_role}, "spot_fleet") == [must, {"arn": spot_role, "must": true}]
}

test_group_that_names_no_role_has_one_all_the_same if {
	roles({"service_roles": [], "spot_role": spot_role}, "auto_scaling_group") == [{"must": true}]
}

test_no_role_launches_for_a_caller if {
	every kind in ["launch_template", "ec2_fleet", "launch_configuration"] {
		roles({"service_roles": [], "spot_role": spot_role}, kind) == []
	}
}

need := {"key": fixtures.key, "devices": ["/dev/sdf", "/dev/xvda"]}

one(role) := {"launch": fixtures.launch, "need": need, "role": role}

told(access) := {"access": access, "reasons": ["first", "second"]}

verdict(role, access) := {word | some word in ["fault", "open"]; says(word, one(role), told(access))}

says("fault", asked, answer) if role_findings.is_fault(asked, answer)

says("open", asked, answer) if role_findings.is_open(asked, answer)

test_only_a_role_that_must_launch_is_at_fault if {
	every access, want in {"closed": [{"fault"}, {"open"}], "undecided": [{"open"}, {"open"}], "allowed": [set(), set()]} {
		[verdict({"arn": group_role, "must": true}, access), verdict({"arn": spot_role, "must": false}, access)] == want
	}
}

place := "3 1234abcd-12ab-34cd-56ef-1234567890ab"

template := "version 3 of launch template web"

test_finding if {
	text := "instances end at launch with Client.InternalError, for want of the key of /dev/sdf, /dev/xvda: first; second"
	role_findings.finding(one({"arn": group_role, "must": true}), told("closed")) == {
		"msg": sprintf("%s: %s", [template, text]),
		"subject": sprintf("%s AWSServiceRoleForAutoScaling", [place]),
		"evidence": {"KmsKeyId": fixtures.key.Arn, "ServiceLinkedRoleARN": group_role, "devices": need.devices},
	}
}

test_doubt if {
	text := "%s: whether the key of /dev/sdf, /dev/xvda can be used is open: %sfirst; second. %s"
	role_findings.doubt(one({"must": true}), told("undecided")) == {
		"msg": sprintf(text, [template, "", key_access.unseen]),
		"subject": sprintf("%s unknown role", [place]),
	}
	besides := "no page of AWS says whether the role of EC2 Spot needs the key here; "
	role_findings.doubt(one({"arn": spot_role, "must": false}), told("closed")) == {
		"msg": sprintf(text, [template, besides, key_access.unseen]),
		"subject": sprintf("%s AWSServiceRoleForEC2Spot", [place]),
	}
}

test_key_of_a_snapshot_that_is_not_seen if {
	text := "the key of snapshot snap-1 behind /dev/sdf, and so whether the service-linked role can use it, is not seen"
	role_findings.unseen(fixtures.launch, {"device": "/dev/sdf", "snapshot": "snap-1"}) == {
		"msg": sprintf("%s: %s", [template, text]),
		"subject": "3 /dev/sdf",
	}
}
