package amiscan.lib.launching_roles_test

import data.amiscan.lib.launching_roles

place := {"partition": "aws-cn", "account": "444455556666"}

path := "arn:aws-cn:iam::444455556666:role/aws-service-role/"

golden := concat("", [path, "autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_golden"])

# named are the roles that a condition on the grantee names, under each of the operators.
named(operators, values) := [launching_roles.named({"Statement": [{"Condition": condition}]}, place) |
	some operator in operators
	condition := {operator: {"KMS:GranteePrincipal": values}}
]

exact := ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringSounds"]

patterns := ["StringLike", "StringNotLike", "ArnEquals", "ArnLike", "ForAllValues:ArnNotLikeIfExists"]

test_an_account_has_four if launching_roles.of(place) == {concat("", [path, name]) | some name in [
	"autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
	"spot.amazonaws.com/AWSServiceRoleForEC2Spot",
	"ec2fleet.amazonaws.com/AWSServiceRoleForEC2Fleet",
	"spotfleet.amazonaws.com/AWSServiceRoleForEC2SpotFleet",
]}

test_the_name_tells_the_role if {
	every role in launching_roles.of(place) {
		launching_roles.is_one(role)
	}
	launching_roles.is_one(golden)
	launching_roles.is_one(concat("", [path, "AWSServiceRoleForEC2Fleet"]))
	names := ["AWSServiceRoleForRDS", "AWSServiceRoleForAutoScalingPlans", "AWSServiceRoleForEC2Spot_a", "XAWSServiceRoleForEC2Spot"]
	every arn in array.concat([concat("", [path, name]) | some name in names], [null, "AWSServiceRoleForEC2Spot"]) {
		not launching_roles.is_one(arn)
	}
	not launching_roles.is_one("arn:aws:iam::444455556666:role/AWSServiceRoleForEC2Spot")
}

test_a_role_that_is_written_out_is_named_under_any_operator if {
	{roles | some roles in named(array.concat(exact, patterns), [golden])} == {{golden}}
	rds := concat("", [path, "rds.amazonaws.com/AWSServiceRoleForRDS"])
	{roles | some roles in named(array.concat(exact, patterns), [rds, "role/app"])} == {set()}
}

test_wildcards_are_patterns_under_some_operators_only if {
	any_account := replace(golden, place.account, "*")
	{roles | some roles in named(exact, [any_account, "*"])} == {set()}
	{roles | some roles in named(patterns, [any_account])} == {{any_account, golden}}
}

test_a_pattern_may_fit_a_role_with_a_suffix if {
	rows := {
		"*_gold??": "goldxx",
		"*/AWSServiceRoleFor*Golden": "Golden",
		"arn:aws-cn:iam::*:role/aws-service-role/*": "",
		"arn:aws-cn:iam::444455556666:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_a*b": "axb",
	}
	every pattern, suffix in rows {
		replace(golden, "golden", suffix) in named(["StringLike"], [pattern])[0]
	}
	others := ["*/rds.amazonaws.com/*", "arn:aws-cn:iam::*:role/app*", "arn:aws-cn:iam::777788889999:*", "*/AWSServiceRoleForAutoScaling"]
	found := union({roles | some roles in named(["StringLike"], others)})
	found == {"*/AWSServiceRoleForAutoScaling"}
}

test_no_conditions_name_none if every policy in [null, {}, {"Statement": [{}, null, {"Condition": "odd"}]}] {
	launching_roles.named(policy, place) == set()
}
