package amiscan.launch.lt_ami_ssm_unresolved_test

import data.amiscan.launch.lt_ami_ssm_unresolved as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

# through is a launch through the parameter, with these facts.
through(reference, parameters, images) := boot.document({"facts": {
	"launches": [object.union(fixtures.launch, {"image_reference": reference})],
	"parameters": parameters,
	"images": images,
}})

finding(reference, problem) := {
	"msg": sprintf("version 3 of launch template web: names %s, but %s", [reference, problem]),
	"subject": "3",
	"evidence": {"ImageId": reference},
}

none := "there is no such parameter, version or label: the launch fails"

test_fail_parameter_does_not_exist if {
	id := "resolve:ssm:/golden/old"
	document := through(id, [fixtures.parameter], [fixtures.image])
	policy.violation == {finding(id, none)} with input as document
	policy.violation == {finding(id, none)} with input as fixtures.not_found(document, "parameters")
}

test_fail_version_does_not_exist if {
	id := "resolve:ssm:/golden/web:6"
	policy.violation == {finding(id, none)} with input as through(id, [fixtures.parameter], [fixtures.image])
}

test_fail_value_is_no_image_id if {
	id := "resolve:ssm:/golden/web"
	parameter := object.union(fixtures.parameter, {"DataType": "text", "Value": "s3cret"})
	policy.violation == {finding(
		id,
		"its value is no image id: the launch fails",
	)} with input as through(id, [parameter], [fixtures.image])
}

test_fail_image_is_gone if {
	id := "resolve:ssm:/golden/web:7"
	policy.violation == {finding(id, concat(" ", [
		"it leads to image ami-0a1b2c3d4e5f60718, which does not resolve here: deregistered,",
		"not shared with this account or hidden by its Allowed AMIs setting; the launch fails either way",
	]))} with input as through(id, [fixtures.parameter], [])
}

test_pass_leads_to_an_image_that_is_there if {
	every reference in [
		"resolve:ssm:/golden/web",
		"resolve:ssm:/golden/web:7",
		"resolve:ssm:/golden/web:prod",
		"resolve:ssm:arn:aws:ssm:eu-west-1:111122223333:parameter/golden/web",
	] {
		policy.violation == set() with input as through(reference, [fixtures.parameter], [fixtures.image])
	}
}

test_pass_public_parameter if {
	name := "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
	parameter := {"Name": name, "Type": "String", "Value": "ami-00000000000000aaa", "Version": 120, "DataType": "text"}
	image := object.union(fixtures.image, {"ImageId": "ami-00000000000000aaa", "OwnerId": "137112412989", "Public": true})
	policy.violation == set() with input as through(sprintf("resolve:ssm:%s", [name]), [parameter], [image])
}

test_near_image_in_another_state if {
	image := object.union(fixtures.image, {"State": "disabled"})
	policy.violation == set() with input as through("resolve:ssm:/golden/web", [fixtures.parameter], [image])
}

test_near_image_named_by_id if policy.violation == set() with input as boot.document({"facts": {
	"images": [],
	"parameters": [],
}})

test_near_launch_without_an_image if {
	launch := object.remove(fixtures.launch, ["image_id", "image_reference"])
	policy.violation == set() with input as boot.document({"facts": {"launches": [launch], "parameters": []}})
}
