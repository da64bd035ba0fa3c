package amiscan.launch.asg_lt_version_gone_test

import data.amiscan.launch.asg_lt_version_gone as policy
import data.amiscan.testing.fixtures

gone(fields) := object.union(
	{
		"default": false, "latest": false, "override": false, "requirements": false,
		"service_roles": [], "subject": "", "zones": [],
	},
	fields,
)

group(launches) := fixtures.auto_scaling_group({"launches": launches})

test_fail_each_way if {
	cases := [
		{
			"launch": {"missing": "template", "template_id": "lt-0d0d0d0d0d0d0d0d0"},
			"what": "launch template lt-0d0d0d0d0d0d0d0d0",
		},
		{"launch": {"missing": "template", "template_name": "web"}, "what": "launch template web"},
		{
			"launch": {"missing": "version", "template_id": "lt-0d0d0d0d0d0d0d0d0", "template_name": "web", "version": 2},
			"what": "version 2 of launch template web",
		},
		{
			"launch": {"missing": "version", "template_id": "lt-0d0d0d0d0d0d0d0d0", "template_name": "web"},
			"what": "version $Default or $Latest of launch template web",
		},
		{"launch": {"missing": "launch_configuration"}, "what": "the launch configuration"},
	]
	every case in cases {
		policy.violation == {{
			"msg": sprintf("%s that this launches from does not exist any more: nothing can be launched", [case.what]),
			"subject": "",
			"evidence": case.launch,
		}} with input as group([gone(case.launch)])
	}
}

test_fail_one_override_of_two if {
	broken := gone({"missing": "template", "template_name": "arm", "override": true, "subject": "m7g.large"})
	found := policy.violation with input as group([fixtures.group_launch, broken])
	{finding.subject | some finding in found} == {"m7g.large"}
}

test_pass_what_it_launches_from_is_there if policy.violation == set() with input as group([fixtures.group_launch])

test_near_image_that_is_gone if {
	document := fixtures.auto_scaling_group({"images": [], "instance_types": []})
	policy.violation == set() with input as document
}
