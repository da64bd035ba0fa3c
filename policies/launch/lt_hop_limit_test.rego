package amiscan.launch.lt_hop_limit_test

import data.amiscan.launch.lt_hop_limit as policy
import data.amiscan.testing.fixtures

params(limit) := {"max_hop_limit": limit}

template(list) := fixtures.launch_template({"template_versions": [object.union(
	object.remove(fixtures.template_version, ["LaunchTemplateData"]),
	{"VersionNumber": i + 1, "DefaultVersion": i == 0, "LaunchTemplateData": {"MetadataOptions": options}},
) |
	some i, options in list
]})

finding(number, limit, allowed) := {
	"msg": sprintf("version %d lets metadata tokens travel %d hops, more than %d", [number, limit, allowed]),
	"subject": format_int(number, 10),
	"evidence": {"HttpPutResponseHopLimit": limit},
}

test_fail_above_the_limit if {
	document := template([{"HttpPutResponseHopLimit": 2}])
	policy.violation == {finding(1, 2, 1)} with input as document with data.params as params(1)
}

test_fail_default_and_latest_but_none_between if {
	document := template([
		{"HttpPutResponseHopLimit": 3, "HttpEndpoint": "enabled"},
		{"HttpPutResponseHopLimit": 64},
		{"HttpPutResponseHopLimit": 5},
	])
	policy.violation == {finding(1, 3, 2), finding(3, 5, 2)} with input as document with data.params as params(2)
}

test_pass_at_the_limit if {
	policy.violation == set() with input as template([{"HttpPutResponseHopLimit": 1}]) with data.params as params(1)
	policy.violation == set() with input as template([{"HttpPutResponseHopLimit": 2}]) with data.params as params(2)
}

test_near_no_limit_of_its_own if {
	policy.violation == set() with input as template([{"HttpTokens": "required"}]) with data.params as params(1)
}

test_near_the_service_is_off if {
	document := template([{"HttpPutResponseHopLimit": 9, "HttpEndpoint": "disabled"}])
	policy.violation == set() with input as document with data.params as params(1)
}
