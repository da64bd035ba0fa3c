package amiscan.launch.lc_hop_limit_test

import data.amiscan.launch.lc_hop_limit as policy
import data.amiscan.testing.fixtures

params(limit) := {"max_hop_limit": limit}

configuration(options) := fixtures.document("launch_configuration", "web", "", {"launch_configuration": {
	"LaunchConfigurationName": "web",
	"MetadataOptions": options,
}})

test_fail_above_the_limit if {
	policy.violation == {{
		"msg": "the launch configuration lets metadata tokens travel 3 hops, more than 2",
		"evidence": {"HttpPutResponseHopLimit": 3},
	}} with input as configuration({"HttpPutResponseHopLimit": 3}) with data.params as params(2)
}

test_pass_at_the_limit if {
	document := configuration({"HttpPutResponseHopLimit": 2, "HttpEndpoint": "enabled"})
	policy.violation == set() with input as document with data.params as params(2)
	count(policy.violation) == 1 with input as document with data.params as params(1)
}

test_near_no_limit_of_its_own if {
	policy.violation == set() with input as configuration({"HttpTokens": "optional"}) with data.params as params(1)
}

test_near_the_service_is_off if {
	document := configuration({"HttpPutResponseHopLimit": 9, "HttpEndpoint": "disabled"})
	policy.violation == set() with input as document with data.params as params(1)
}
