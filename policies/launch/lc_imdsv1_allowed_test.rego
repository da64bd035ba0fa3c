package amiscan.launch.lc_imdsv1_allowed_test

import data.amiscan.launch.lc_imdsv1_allowed as policy
import data.amiscan.testing.fixtures

configuration(fields, defaults) := fixtures.document("launch_configuration", "web", "", {
	"launch_configuration": object.union({"LaunchConfigurationName": "web", "ImageId": fixtures.image.ImageId}, fields),
	"instance_metadata_defaults": defaults,
})

options(fields) := {"MetadataOptions": fields}

finding(fields) := {
	"msg": "the launch configuration makes metadata tokens optional: its instances allow IMDSv1",
	"evidence": options(fields),
}

weak := {"HttpTokens": "optional", "HttpEndpoint": "enabled", "HttpPutResponseHopLimit": 1}

test_fail_tokens_are_optional if {
	every defaults in [{}, {"HttpTokens": "required"}, {"HttpEndpoint": "disabled"}] {
		policy.violation == {finding(weak)} with input as configuration(options(weak), defaults)
	}
}

test_fail_silent_on_the_endpoint if {
	silent := {"HttpTokens": "optional"}
	every defaults in [{}, {"HttpEndpoint": "enabled"}] {
		policy.violation == {finding(silent)} with input as configuration(options(silent), defaults)
	}
}

test_pass_tokens_are_required if {
	document := configuration(options({"HttpTokens": "required", "HttpEndpoint": "enabled"}), {})
	policy.violation == set() with input as document
}

test_near_silent_on_tokens if {
	policy.violation == set() with input as configuration({}, {"HttpTokens": "optional"})
	policy.violation == set() with input as configuration(options({"HttpEndpoint": "enabled"}), {})
}

test_near_the_configuration_switches_the_service_off if {
	fields := {"HttpTokens": "optional", "HttpEndpoint": "disabled"}
	policy.violation == set() with input as configuration(options(fields), {"HttpEndpoint": "enabled"})
}

test_near_the_account_switches_the_service_off if {
	document := configuration(options({"HttpTokens": "optional"}), {"HttpEndpoint": "disabled"})
	policy.violation == set() with input as document
}
