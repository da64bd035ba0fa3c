package amiscan.launch.lc_public_ip_test

import data.amiscan.launch.lc_public_ip as policy
import data.amiscan.testing.fixtures

configuration(fields) := fixtures.document("launch_configuration", "web", "", {"launch_configuration": object.union(
	{"LaunchConfigurationName": "web"},
	fields,
)})

test_fail_public_address if {
	policy.violation == {{
		"msg": "the launch configuration gives its instances a public IP address",
		"evidence": {"AssociatePublicIpAddress": true},
	}} with input as configuration({"AssociatePublicIpAddress": true})
}

test_pass_private if policy.violation == set() with input as configuration({"AssociatePublicIpAddress": false})

test_near_the_subnet_decides if policy.violation == set() with input as configuration({})
