package amiscan.launch.asg_on_launch_configuration_test

import data.amiscan.launch.asg_on_launch_configuration as policy
import data.amiscan.testing.fixtures

using(fields) := fixtures.auto_scaling_group({"group": object.union(
	object.remove(fixtures.group, ["LaunchTemplate"]),
	fields,
)})

test_fail_launch_configuration if {
	policy.violation == {{
		"msg": "the group launches from launch configuration \"web-2019\", not from a launch template",
		"evidence": {"LaunchConfigurationName": "web-2019"},
	}} with input as using({"LaunchConfigurationName": "web-2019"})
}

test_pass_launch_template if policy.violation == set() with input as fixtures.auto_scaling_group({})

test_near_mixed_instances_policy if {
	specification := {"LaunchTemplateName": "web", "Version": "$Default"}
	mixed := {"MixedInstancesPolicy": {"LaunchTemplate": {"LaunchTemplateSpecification": specification}}}
	policy.violation == set() with input as using(mixed)
}

test_near_an_empty_name if policy.violation == set() with input as using({"LaunchConfigurationName": ""})
