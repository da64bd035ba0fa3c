package amiscan.lib.launch_principals_test

import data.amiscan.lib.launch_principals

place := {"account": "444455556666", "partition": "aws", "region": "eu-west-1"}

# needed are the principals of a launch, each as what it means when it cannot use a key and its name.
needed(fields) := {[one.missing, name(one.principal)] | some one in launch_principals.needed(object.union(place, fields))}

name(principal) := regex.replace(object.get(principal, "arn", principal.type), `^.*/`, "")

spot := "AWSServiceRoleForEC2Spot"

fleet := "AWSServiceRoleForEC2Fleet"

spot_fleet := "AWSServiceRoleForEC2SpotFleet"

group_role := "arn:aws:iam::444455556666:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_golden"

build := "arn:aws:iam::444455556666:role/build"

cases := [
	{"launch": {"path": "request"}, "want": {["closed", "account"]}},
	{"launch": {"path": "request", "caller": build}, "want": {["closed", "build"]}},
	{"launch": {"path": "request", "spot": false}, "want": {["closed", "account"]}},
	{"launch": {"path": "request", "spot": true}, "want": {["closed", "account"], ["closed", spot]}},
	{"launch": {"path": "auto_scaling_group"}, "want": {["closed", "service_role"]}},
	{
		"launch": {"path": "auto_scaling_group", "service_role": group_role, "caller": build, "spot": true},
		"want": {["closed", "AWSServiceRoleForAutoScaling_golden"], ["undecided", spot]},
	},
	{"launch": {"path": "eks_node_group", "spot": true}, "want": {["undecided", "AWSServiceRoleForAutoScaling"]}},
	{"launch": {"path": "ec2_fleet", "type": "instant", "caller": build}, "want": {["closed", "build"]}},
	{"launch": {"path": "ec2_fleet", "type": "instant", "spot": true}, "want": {["closed", "account"], ["undecided", spot]}},
	{"launch": {"path": "ec2_fleet", "type": "maintain"}, "want": {["closed", fleet]}},
	{"launch": {"path": "ec2_fleet", "type": "request", "spot": true}, "want": {["closed", fleet], ["undecided", spot]}},
	{"launch": {"path": "spot_fleet"}, "want": {["closed", spot_fleet]}},
	{"launch": {"path": "spot_fleet", "type": "instant", "spot": true}, "want": {["closed", spot_fleet], ["closed", spot]}},
]

test_who_needs_the_keys_on_each_path if {
	every case in cases {
		needed(case.launch) == case.want
	}
}

test_whole_principals if {
	launch := object.union(place, {"path": "request", "caller": build, "organization": "o-a1b2c3d4e5", "spot": true})
	{one | some one in launch_principals.needed(launch)} == {
		{
			"missing": "closed",
			"principal": object.union(place, {"type": "role", "arn": build, "organization": "o-a1b2c3d4e5"}),
		},
		{
			"missing": "closed",
			"principal": object.union(place, {
				"type": "service_role",
				"arn": "arn:aws:iam::444455556666:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
				"organization": "o-a1b2c3d4e5",
			}),
		},
	}
}

test_group_s_role_is_never_assumed if {
	launch := object.union(place, {"path": "auto_scaling_group"})
	launch_principals.needed(launch) == [{"missing": "closed", "principal": object.union(place, {"type": "service_role"})}]
}

test_partition_of_the_launch_is_that_of_its_roles if {
	launch := {"account": "444455556666", "partition": "aws-cn", "region": "cn-north-1", "path": "spot_fleet"}
	[one.principal.arn | some one in launch_principals.needed(launch)] == [concat("", [
		"arn:aws-cn:iam::444455556666:role/aws-service-role/",
		"spotfleet.amazonaws.com/AWSServiceRoleForEC2SpotFleet",
	])]
}
