package amiscan.lib.key_openness_test

import data.amiscan.lib.key_openness

opened(condition) := key_openness.openness({"Condition": condition})

like([name, value]) := opened({"StringLike": {name: [value]}})

test_everybody_or_all_but_some if {
	key_openness.for_everybody({"Principal": {"AWS": ["111122223333", "*"]}})
	key_openness.for_everybody({"NotPrincipal": {"AWS": ["111122223333"]}})
	every principal in [{"AWS": ["111122223333"]}, {"AWS": ["arn:aws:iam::*:root"]}, {"Service": ["*"]}, {}] {
		not key_openness.for_everybody({"Principal": principal})
	}
	not key_openness.for_everybody({})
}

test_open_without_conditions if {
	key_openness.openness({}) == "open"
	opened({}) == "open"
}

test_open_where_the_condition_cannot_be_read if {
	every odd in [null, [], "aws:PrincipalOrgID", {"StringEquals": {}}, {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}] {
		opened(odd) == "open"
	}
}

test_keys_and_values if {
	cases := {
		"closed": [
			["kms:CallerAccount", "111122223333"],
			["AWS:principalorgid", "o-a1b2c3d4e5"],
			["aws:PrincipalArn", "arn:aws:iam::111122223333:role/*"],
			["aws:PrincipalOrgPaths", "o-a1b2c3d4e5/*"],
		],
		"open": [
			["aws:SourceAccount", "1111*"],
			["aws:SourceArn", "arn:aws:iam::*:role/build"],
			["aws:PrincipalArn", "*"],
			["aws:SourceOrgPaths", "o-*/r-ab12/"],
			["kms:ViaService", "ec2.eu-west-1.amazonaws.com"],
			["aws:MultiFactorAuthPresent", "true"],
		],
		"unknown": [
			["aws:PrincipalTag/team", "web"],
			["aws:SourceVpc", "vpc-0a0a0a0a0a0a0a0a0"],
			["kms:ViaService", "${aws:PrincipalTag/service}"],
		],
	}
	cases == {want: right | some want, rows in cases; right := [row | some row in rows; like(row) == want]}
}

test_operators if {
	operators := [
		"StringEquals", "StringEqualsIgnoreCase", "ArnLike", "ForAnyValue:StringLike",
		"StringEqualsIfExists", "StringNotEquals", "ForAllValues:StringEquals", "Null", "Bool", "Unheard",
	]
	closed := {operator | some operator in operators; opened({operator: {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}}) == "closed"}
	closed == {"StringEquals", "StringEqualsIgnoreCase", "ArnLike", "ForAnyValue:StringLike"}
}

test_all_values_are_to_fix_who_calls if opened({"StringLike": {"aws:PrincipalAccount": ["111122223333", "4*"]}}) == "open"

test_one_condition_that_fixes_who_calls_is_enough if {
	address := {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}}
	opened(address) == "unknown"
	opened(object.union(address, {"StringEquals": {"aws:PrincipalAccount": ["111122223333"]}})) == "closed"
}

test_mentions_callers_in_any_case_and_under_any_operator if {
	key_openness.mentions_callers({"Condition": {"Null": {"aws:PRINCIPALORGID": ["true"]}}})
	not key_openness.mentions_callers({"Condition": {"StringEquals": {"kms:ViaService": ["ec2.eu-west-1.amazonaws.com"]}}})
	not key_openness.mentions_callers({})
}
