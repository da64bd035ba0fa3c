package amiscan.launch.lt_imdsv1_allowed_test

import data.amiscan.launch.lt_imdsv1_allowed as policy
import data.amiscan.testing.fixtures

version(number, is_default, said) := object.union(object.remove(fixtures.template_version, ["LaunchTemplateData"]), {
	"VersionNumber": number,
	"DefaultVersion": is_default,
	"LaunchTemplateData": object.union({"ImageId": fixtures.image.ImageId}, said),
})

template(versions, defaults) := fixtures.launch_template({
	"template_versions": versions,
	"instance_metadata_defaults": defaults,
})

options(fields) := {"MetadataOptions": fields}

only(fields) := [version(3, true, options(fields))]

finding(number, fields) := {
	"msg": sprintf("version %d makes metadata tokens optional: its instances allow IMDSv1", [number]),
	"subject": format_int(number, 10),
	"evidence": {"MetadataOptions": fields},
}

weak := {"HttpTokens": "optional", "HttpEndpoint": "enabled"}

test_fail_tokens_are_optional if {
	every defaults in [{}, {"HttpTokens": "required"}, {"HttpEndpoint": "disabled"}] {
		policy.violation == {finding(3, weak)} with input as template(only(weak), defaults)
	}
}

test_fail_silent_on_the_endpoint if {
	silent := {"HttpTokens": "optional"}
	every defaults in [{}, {"HttpEndpoint": "enabled"}] {
		policy.violation == {finding(3, silent)} with input as template(only(silent), defaults)
	}
}

test_fail_default_and_latest_but_none_between if {
	versions := [version(number, number == 2, options(weak)) | some number in [1, 2, 3, 4]]
	policy.violation == {finding(2, weak), finding(4, weak)} with input as template(versions, {})
}

test_pass_tokens_are_required if {
	document := template(only({"HttpTokens": "required", "HttpEndpoint": "enabled"}), {})
	policy.violation == set() with input as document
}

test_near_silent_on_tokens if {
	policy.violation == set() with input as template(only({"HttpEndpoint": "enabled"}), {"HttpTokens": "optional"})
	policy.violation == set() with input as template([version(3, true, {})], {"HttpTokens": "optional"})
}

test_near_the_version_switches_the_service_off if {
	document := template(only({"HttpTokens": "optional", "HttpEndpoint": "disabled"}), {"HttpEndpoint": "enabled"})
	policy.violation == set() with input as document
}

test_near_the_account_switches_the_service_off if {
	policy.violation == set() with input as template(only({"HttpTokens": "optional"}), {"HttpEndpoint": "disabled"})
}
