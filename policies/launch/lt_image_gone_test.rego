package amiscan.launch.lt_image_gone_test

import data.amiscan.launch.lt_image_gone as policy
import data.amiscan.testing.fixtures

# template has one version for each image id, the first of them number 1.
template(image_ids, images, parameters) := fixtures.launch_template({
	"template_versions": [object.union(fixtures.template_version, {
		"VersionNumber": i + 1,
		"LaunchTemplateData": {"ImageId": id},
	}) |
		some i, id in image_ids
	],
	"images": images,
	"parameters": parameters,
})

gone := concat(" ", [
	"does not resolve here: deregistered, not shared with this account or hidden by its Allowed AMIs setting;",
	"the launch fails either way",
])

finding(number, image_id, problem) := {
	"msg": sprintf("version %d %s", [number, problem]),
	"subject": format_int(number, 10),
	"evidence": {"ImageId": image_id},
}

test_fail_image_is_gone if {
	document := template(["ami-0a1b2c3d4e5f60718", "ami-00000000000000bad"], [fixtures.image], [])
	policy.violation == {finding(
		2,
		"ami-00000000000000bad",
		sprintf("names image ami-00000000000000bad, which %s", [gone]),
	)} with input as document
}

test_fail_spells_it_out if {
	policy.violation == {{
		"msg": concat(" ", [
			"version 1 names image ami-0a1b2c3d4e5f60718, which does not resolve here: deregistered,",
			"not shared with this account or hidden by its Allowed AMIs setting; the launch fails either way",
		]),
		"subject": "1",
		"evidence": {"ImageId": "ami-0a1b2c3d4e5f60718"},
	}} with input as template(["ami-0a1b2c3d4e5f60718"], [], [])
}

test_fail_image_still_listed_as_deregistered if {
	image := object.union(fixtures.image, {"State": "deregistered"})
	document := template([fixtures.image.ImageId], [image], [])
	policy.violation == {finding(
		1,
		fixtures.image.ImageId,
		sprintf("names image ami-0a1b2c3d4e5f60718, which %s", [gone]),
	)} with input as document
}

test_fail_parameter_does_not_exist if {
	id := "resolve:ssm:/golden/old"
	want := {finding(1, id, "names resolve:ssm:/golden/old, but there is no such parameter: the launch fails")}
	document := template([id], [fixtures.image], [fixtures.parameter])
	policy.violation == want with input as document
	policy.violation == want with input as fixtures.not_found(document, "parameters")
}

test_fail_parameter_version_does_not_exist if {
	id := "resolve:ssm:/golden/web:6"
	policy.violation == {finding(
		1,
		id,
		"names resolve:ssm:/golden/web:6, but there is no such parameter: the launch fails",
	)} with input as template([id], [fixtures.image], [fixtures.parameter])
}

test_fail_parameter_leads_to_an_image_that_is_gone if {
	id := "resolve:ssm:/golden/web:7"
	policy.violation == {finding(
		1,
		id,
		sprintf("names resolve:ssm:/golden/web:7 and so image ami-0a1b2c3d4e5f60718, which %s", [gone]),
	)} with input as template([id], [], [fixtures.parameter])
}

test_fail_parameter_holds_no_image_id if {
	id := "resolve:ssm:/golden/web"
	parameter := object.union(fixtures.parameter, {"DataType": "text", "Value": "s3cret"})
	policy.violation == {finding(
		1,
		id,
		"names resolve:ssm:/golden/web, whose value is no image id: the launch fails",
	)} with input as template([id], [fixtures.image], [parameter])
}

test_pass_image_is_there if {
	policy.violation == set() with input as template([fixtures.image.ImageId], [fixtures.image], [])
}

test_pass_parameter_leads_to_an_image_that_is_there if {
	ids := [
		"resolve:ssm:/golden/web",
		"resolve:ssm:/golden/web:7",
		"resolve:ssm:/golden/web:prod",
		"resolve:ssm:arn:aws:ssm:eu-west-1:111122223333:parameter/golden/web",
	]
	policy.violation == set() with input as template(ids, [fixtures.image], [fixtures.parameter])
}

test_pass_public_parameter if {
	name := "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
	parameter := {"Name": name, "Type": "String", "Value": "ami-00000000000000aaa", "Version": 120, "DataType": "text"}
	image := object.union(fixtures.image, {"ImageId": "ami-00000000000000aaa", "OwnerId": "137112412989", "Public": true})
	policy.violation == set() with input as template([sprintf("resolve:ssm:%s", [name])], [image], [parameter])
}

test_near_version_without_an_image if {
	nameless := object.union(object.remove(fixtures.template_version, ["LaunchTemplateData"]), {"VersionNumber": 2})
	document := fixtures.launch_template({
		"template_versions": [nameless, object.union(nameless, {"LaunchTemplateData": {"InstanceType": "m7i.large"}})],
		"images": [],
		"parameters": [],
	})
	policy.violation == set() with input as document
}

test_near_disabled_image_is_there if {
	image := object.union(fixtures.image, {"State": "disabled"})
	policy.violation == set() with input as template([fixtures.image.ImageId], [image], [])
}

test_near_parameter_that_no_version_names if {
	parameter := object.union(fixtures.parameter, {"Value": "ami-00000000000000bad"})
	policy.violation == set() with input as template([fixtures.image.ImageId], [fixtures.image], [parameter])
}

test_near_older_version_that_is_not_the_default if {
	older := object.union(fixtures.template_version, {
		"DefaultVersion": false,
		"LaunchTemplateData": {"ImageId": "ami-0c1c2c3c4c5c6c7c8"},
		"VersionNumber": 2,
	})
	policy.violation == set() with input as fixtures.launch_template({
		"template_versions": [older, fixtures.template_version],
		"images": [fixtures.image],
		"parameters": [],
	})
}
