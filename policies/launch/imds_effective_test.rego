package amiscan.launch.imds_effective_test

import data.amiscan.launch.imds_effective as policy
import data.amiscan.testing.fixtures

v2_image := fixtures.image

plain_image := object.remove(fixtures.image, ["ImdsSupport"])

saying(options) := object.union(
	object.remove(fixtures.launch, ["data"]),
	{"data": {"ImageId": fixtures.image.ImageId, "MetadataOptions": options}},
)

silent := saying({})

pinned(options) := object.union(saying(options), {"default": false, "latest": false})

# The sound facts are taken away first, since object.union goes into what both sides have.
launching(launch, account, images) := fixtures.launch_template(object.union(
	object.remove(fixtures.sound, ["instance_metadata_defaults"]),
	{"launches": [launch], "instance_metadata_defaults": account, "images": images},
))

configured(launch, account, images) := object.union(
	launching(from_configuration(launch), account, images),
	{"kind": "launch_configuration"},
)

from_configuration(launch) := object.remove(
	object.union(launch, {"default": false, "latest": false, "subject": ""}),
	["template_id", "template_name", "version"],
)

finding(problem, from) := {
	"msg": sprintf("version 3 of launch template web: %s: its instances allow IMDSv1", [problem]),
	"subject": "3",
	"evidence": {"HttpTokens": {"value": "optional", "from": from}},
}

by_default := finding("neither launch, account nor image requires metadata tokens", "default")

by_account := finding("metadata tokens are optional by the account's default", "account")

by_launch := finding("it makes metadata tokens optional", "launch")

doubt(question) := {"msg": sprintf("version 3 of launch template web: %s", [question]), "subject": "3"}

in_order(document) if {
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_fail_nothing_requires_tokens if {
	every account in [{}, {"HttpTokens": "no-preference"}, {"HttpEndpoint": "enabled"}] {
		policy.violation == {by_default} with input as launching(silent, account, [plain_image])
		policy.undecided == set() with input as launching(silent, account, [plain_image])
	}
}

test_fail_account_makes_tokens_optional_whatever_the_image_says if {
	every images in [[v2_image], [plain_image], []] {
		policy.violation == {by_account} with input as launching(silent, {"HttpTokens": "optional"}, images)
		policy.undecided == set() with input as launching(silent, {"HttpTokens": "optional"}, images)
	}
}

test_fail_version_that_a_group_pins_says_optional_itself if {
	document := launching(pinned({"HttpTokens": "optional"}), {"HttpTokens": "required"}, [v2_image])
	policy.violation == {by_launch} with input as document
	policy.undecided == set() with input as document
}

test_fail_launch_configuration if {
	document := configured(silent, {}, [plain_image])
	policy.violation == {object.union(by_default, {
		"msg": "the launch: neither launch, account nor image requires metadata tokens: its instances allow IMDSv1",
		"subject": "",
	})} with input as document
	policy.undecided == set() with input as document
}

test_pass_launch_requires_tokens if {
	every account in [{}, {"HttpTokens": "optional"}] {
		in_order(launching(saying({"HttpTokens": "required"}), account, [plain_image]))
		in_order(configured(saying({"HttpTokens": "required"}), account, [plain_image]))
	}
}

test_pass_account_requires_tokens if {
	every images in [[v2_image], [plain_image], []] {
		in_order(launching(silent, {"HttpTokens": "required"}, images))
	}
}

test_pass_image_requires_tokens if {
	in_order(launching(silent, {}, [plain_other, v2_image]))
	in_order(launching(silent, {"HttpTokens": "no-preference"}, [v2_image]))
}

plain_other := object.union(plain_image, {"ImageId": "ami-00000000000000001"})

test_near_said_by_a_default_or_latest_version_itself if {
	every fields in [{"default": true, "latest": false}, {"default": false, "latest": true}] {
		launch := object.union(saying({"HttpTokens": "optional"}), fields)
		in_order(launching(launch, {"HttpTokens": "required"}, [v2_image]))
	}
}

test_near_said_by_a_launch_configuration_itself if {
	in_order(configured(saying({"HttpTokens": "optional"}), {}, [plain_image]))
}

test_near_metadata_service_is_off if {
	in_order(launching(saying({"HttpEndpoint": "disabled"}), {}, [plain_image]))
	in_order(launching(pinned({"HttpTokens": "optional", "HttpEndpoint": "disabled"}), {}, [plain_image]))
	in_order(launching(silent, {"HttpEndpoint": "disabled"}, [plain_image]))
}

test_near_launch_switches_the_service_on_again if {
	document := launching(saying({"HttpEndpoint": "enabled"}), {"HttpEndpoint": "disabled"}, [plain_image])
	policy.violation == {by_default} with input as document
}

test_near_nothing_is_launched if {
	gone := {"subject": "", "missing": "template", "default": false, "latest": false}
	in_order(launching(gone, {"HttpTokens": "optional"}, []))
}

test_near_image_does_not_resolve if in_order(launching(silent, {}, [plain_other]))

test_near_spot_fleet_specification if {
	document := launching(from_configuration(silent), {"HttpTokens": "required"}, [plain_image])
	in_order(object.union(document, {"kind": "spot_fleet"}))
}

test_undecided_image_is_cut_down if {
	document := launching(silent, {}, [{"ImageId": fixtures.image.ImageId}])
	policy.violation == set() with input as document
	policy.undecided == {doubt("the image decides whether tokens are required, and is not seen in full")} with input as document
}

test_undecided_without_an_image if {
	nameless := object.remove(silent, ["image_id", "image_reference"])
	document := launching(nameless, {}, [plain_image])
	policy.violation == set() with input as document
	policy.undecided == {doubt("the image decides whether tokens are required, and it names none")} with input as document
}

test_undecided_launch_configuration_that_says_nothing if {
	every document in [
		configured(silent, {"HttpTokens": "required"}, [plain_image]),
		configured(silent, {}, [v2_image]),
	] {
		policy.violation == set() with input as document
		policy.undecided == {{
			"msg": "the launch: its launch configuration does not say whether tokens are required",
			"subject": "",
		}} with input as document
	}
}
