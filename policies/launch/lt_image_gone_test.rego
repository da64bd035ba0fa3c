package amiscan.launch.lt_image_gone_test

import data.amiscan.launch.lt_image_gone as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

finding(subject, name, id) := {
	"msg": sprintf("%s: names image %s, which %s", [name, id, concat(" ", [
		"does not resolve here: deregistered, not shared with this account or hidden by its Allowed AMIs setting;",
		"the launch fails either way",
	])]),
	"subject": subject,
	"evidence": {"ImageId": id},
}

gone := finding("3", "version 3 of launch template web", "ami-0a1b2c3d4e5f60718")

test_fail_image_is_gone if {
	other := object.union(fixtures.image, {"ImageId": "ami-00000000000000aaa"})
	every document in [
		boot.document({"facts": {"images": []}}),
		boot.document({"facts": {"images": [other]}}),
		fixtures.not_found(boot.document({}), "images"),
	] {
		policy.violation == {gone} with input as document
	}
}

test_fail_spells_it_out if {
	policy.violation == {{
		"msg": concat(" ", [
			"version 3 of launch template web: names image ami-0a1b2c3d4e5f60718, which does not resolve here: deregistered,",
			"not shared with this account or hidden by its Allowed AMIs setting; the launch fails either way",
		]),
		"subject": "3",
		"evidence": {"ImageId": "ami-0a1b2c3d4e5f60718"},
	}} with input as boot.document({"facts": {"images": []}})
}

test_fail_image_still_listed_as_deregistered if {
	policy.violation == {gone} with input as boot.document({"image": {"State": "deregistered"}})
}

# The Recycle Bin does not make it launch: lt-ami-in-recycle-bin adds until when it can be restored.
test_fail_image_in_the_recycle_bin if {
	policy.violation == {gone} with input as boot.document({"facts": {
		"images": [],
		"recycled_images": [{"ImageId": "ami-0a1b2c3d4e5f60718", "RecycleBinExitTime": "2026-12-01T00:00:00Z"}],
	}})
}

test_fail_one_version_of_two if {
	older := object.union(fixtures.launch, {
		"subject": "2", "version": 2, "default": false,
		"image_id": "ami-00000000000000bad", "image_reference": "ami-00000000000000bad",
	})
	policy.violation == {finding(
		"2",
		"version 2 of launch template web",
		"ami-00000000000000bad",
	)} with input as boot.document({"facts": {"launches": [fixtures.launch, older]}})
}

test_fail_group if {
	document := fixtures.auto_scaling_group({"images": []})
	policy.violation == {finding(
		"",
		"version 3 of launch template web",
		"ami-0a1b2c3d4e5f60718",
	)} with input as document
}

test_fail_launch_without_a_template if {
	bare := object.remove(fixtures.launch, ["template_id", "template_name", "version"])
	cases := {"": "the launch", "m5.large": "the launch m5.large"}
	every subject, name in cases {
		launch := object.union(bare, {"subject": subject})
		document := boot.document({"facts": {"launches": [launch], "images": []}})
		policy.violation == {finding(subject, name, "ami-0a1b2c3d4e5f60718")} with input as document
	}
}

test_pass_image_is_there if policy.violation == set() with input as boot.document({})

test_near_image_in_another_state if {
	every state in ["disabled", "pending", "failed"] {
		policy.violation == set() with input as boot.document({"image": {"State": state}})
	}
}

test_near_not_judged if {
	cases := [
		object.remove(fixtures.launch, ["image_id", "image_reference"]),
		object.union(fixtures.launch, {"image_reference": "resolve:ssm:/golden/web"}),
		{"subject": "", "missing": "template", "override": false, "requirements": false},
	]
	every launch in cases {
		policy.violation == set() with input as boot.document({"facts": {"launches": [launch], "images": []}})
	}
}

test_fail_once_for_all_overrides_of_a_group if {
	overrides := [object.union(fixtures.group_launch, {"subject": name, "instance_type": name, "override": true}) |
		some name in ["m7i.large", "m7i.xlarge"]
	]
	id := fixtures.image.ImageId
	policy.violation == {finding(id, "version 3 of launch template web", id)} with input as fixtures.auto_scaling_group({"launches": overrides, "images": []})
}
