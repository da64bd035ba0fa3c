package amiscan.launch.lt_imds_enforcement_conflict_test

import data.amiscan.launch.lt_imds_enforcement_conflict as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

said(text) := sprintf("version 3 of launch template web: %s", [text])

# launching is the launch with these metadata options, of the image with these fields, under the account's defaults.
launching(options, image, account) := boot.document({"facts": {
	"launches": [object.union(
		object.remove(fixtures.launch, ["data"]),
		{"data": {"MetadataOptions": options}},
	)],
	"images": [image],
	"instance_metadata_defaults": object.union({"HttpTokensEnforced": "enabled", "HttpTokens": "no-preference"}, account),
}})

old_image := object.remove(fixtures.image, ["ImdsSupport"])

trimmed_image := object.remove(old_image, ["Hypervisor"])

finding(from, by) := {
	"msg": said(sprintf("HttpTokens is optional by %s, but the account enforces IMDSv2: the launch fails", [by])),
	"subject": "3",
	"evidence": {"HttpTokens": {"value": "optional", "from": from}, "HttpTokensEnforced": "enabled"},
}

test_fail_by_the_launch if {
	document := launching({"HttpTokens": "optional"}, fixtures.image, {"HttpTokens": "required"})
	policy.violation == {finding("launch", "the launch itself")} with input as document
	policy.undecided == set() with input as document
}

test_fail_by_the_account_though_the_image_requires_it if {
	document := launching({}, fixtures.image, {"HttpTokens": "optional"})
	policy.violation == {finding("account", "the account's default")} with input as document
}

test_fail_by_nobody if {
	policy.violation == {finding("default", "EC2's default")} with input as launching({}, old_image, {})
}

test_fail_whatever_the_image if {
	document := launching({"HttpTokens": "optional"}, object.union(fixtures.image, {"State": "failed"}), {})
	policy.violation == {finding("launch", "the launch itself")} with input as document
}

test_pass_required if {
	silent(launching({"HttpTokens": "required"}, old_image, {}))
	silent(launching({}, old_image, {"HttpTokens": "required"}))
	silent(launching({}, fixtures.image, {}))
}

test_near_not_enforced if {
	every word in ["disabled", "no-preference"] {
		silent(launching({"HttpTokens": "optional"}, old_image, {"HttpTokensEnforced": word}))
	}
	silent(boot.document({"launch": {"data": {"MetadataOptions": {"HttpTokens": "optional"}}}}))
}

test_near_launch_of_nothing if {
	gone := {"subject": "", "missing": "template", "override": false, "requirements": false}
	silent(boot.document({"facts": {
		"launches": [gone],
		"instance_metadata_defaults": {"HttpTokensEnforced": "enabled", "HttpTokens": "optional"},
	}}))
}

test_undecided_image_that_does_not_tell if {
	document := launching({}, trimmed_image, {})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": said("whether its image requires IMDSv2, which the account enforces, can't be seen"),
		"subject": "3",
	}} with input as document
}

test_undecided_launch_without_an_image if {
	document := boot.document({"facts": {
		"launches": [object.remove(fixtures.launch, ["image_id", "image_reference", "data"])],
		"instance_metadata_defaults": {"HttpTokensEnforced": "enabled", "HttpTokens": "no-preference"},
	}})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": said("whether its image will require IMDSv2, which the account enforces, is open"),
		"subject": "3",
	}} with input as document
}

test_undecided_without_a_metadata_service if {
	document := launching({"HttpEndpoint": "disabled", "HttpTokens": "optional"}, fixtures.image, {})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": said("turns the metadata service off and does not require IMDSv2, which the account enforces"),
		"subject": "3",
	}} with input as document
	silent(launching({"HttpEndpoint": "disabled", "HttpTokens": "required"}, fixtures.image, {}))
}

test_undecided_launch_configuration_that_leaves_it_open if {
	every tokens in ["required", "no-preference"] {
		document := configured({}, "launch_configuration", tokens)
		policy.violation == set() with input as document
		policy.undecided == {{
			"msg": "the launch: its launch configuration leaves open whether IMDSv2 is required, which the account enforces",
			"subject": "",
		}} with input as document
	}
	silent(configured({"HttpTokens": "required"}, "launch_configuration", "required"))
	policy.undecided == set() with input as configured({}, "launch_configuration", "optional")
	silent(configured({}, "spot_fleet", "required"))
}

configured(options, kind, tokens) := object.union(
	boot.document({"facts": {
		"launches": [{"subject": "", "override": false, "image_id": fixtures.image.ImageId, "data": {"MetadataOptions": options}}],
		"instance_metadata_defaults": {"HttpTokensEnforced": "enabled", "HttpTokens": tokens},
	}}),
	{"kind": kind},
)

silent(document) if {
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}
