package amiscan.lib.key_conditions_test

import data.amiscan.lib.key_conditions
import data.amiscan.testing.key_access as tables

request := {"principal": tables.role(tables.owner), "action": "kms:Decrypt", "by": "ec2"}

hold(condition) := key_conditions.hold({"Condition": condition}, request)

# by is what each of the operators makes of one key's values.
by(operators, name, values) := [hold({operator: {name: values}}) | some operator in operators]

test_without_conditions_nothing_is_in_the_way if {
	[key_conditions.hold({}, request), hold({}), hold({"StringEquals": {}})] == ["true", "true", "true"]
}

test_every_key_and_operator_must_hold if {
	here := {"aws:PrincipalAccount": [tables.owner]}
	elsewhere := {"kms:CallerAccount": [tables.recipient]}
	unseen := {"aws:SourceIp": ["192.0.2.0/24"]}
	hold({"StringEquals": object.union(here, elsewhere)}) == "false"
	hold({"StringEquals": here, "IpAddress": unseen}) == "unknown"
	hold({"StringEquals": elsewhere, "IpAddress": unseen}) == "false"
	hold({"StringEquals": here, "StringNotEquals": elsewhere}) == "true"
}

test_one_of_the_values_is_enough_or_for_negated_operators_too_many if {
	operators := ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"]
	by(operators, "AWS:principalaccount", [tables.recipient, tables.owner]) == ["true", "false", "true", "false"]
	by(operators, "aws:PrincipalAccount", [tables.recipient]) == ["false", "true", "false", "true"]
	by(operators, "aws:PrincipalAccount", [tables.recipient, "${x}"]) == ["unknown", "unknown", "unknown", "unknown"]
	by(operators, "aws:PrincipalAccount", ["${x}", tables.owner]) == ["true", "false", "true", "false"]
	by(["ArnLike", "ArnNotEquals"], "aws:PrincipalArn", ["arn:*:iam::*:role/launcher"]) == ["true", "false"]
}

# aws:SourceAccount is only there where a service calls for itself.
test_a_key_that_is_absent if {
	lax := ["StringNotEquals", "StringEqualsIfExists", "ForAllValues:StringEquals", "NotIpAddress", "ArnNotLikeIfExists"]
	by(lax, "aws:SourceAccount", [tables.owner]) == ["true", "true", "true", "true", "true"]
	strict := ["StringEquals", "StringLike", "ForAnyValue:StringLike", "ForAnyValue:StringNotLike", "Bool", "IpAddress"]
	by(strict, "aws:SourceAccount", [tables.owner]) == ["false", "false", "false", "false", "false", "false"]
}

test_null_asks_for_absence if {
	asked := [["true"], ["false"], ["True"], ["yes"], ["false", "true"]]
	[hold({"Null": {"aws:SourceArn": values}}) | some values in asked] == ["true", "false", "true", "false", "true"]
	[hold({"Null": {"aws:PrincipalArn": values}}) | some values in asked] == ["false", "true", "false", "false", "true"]
	[hold({"Null": {"aws:SourceIp": values}}) | some values in asked] == ["unknown", "unknown", "unknown", "unknown", "unknown"]
}

test_a_key_of_which_nothing_is_known if {
	operators := ["StringEquals", "StringNotEquals", "StringEqualsIfExists", "ForAllValues:StringLike", "ForAnyValue:StringLike"]
	by(operators, "aws:PrincipalTag/team", ["*"]) == ["unknown", "unknown", "unknown", "unknown", "unknown"]
}

test_operators_that_are_not_compared_or_not_known if {
	operators := ["NumericEquals", "DateLessThan", "BinaryEquals", "StringMatches", "stringequals", ""]
	all_open := ["unknown", "unknown", "unknown", "unknown", "unknown", "unknown"]
	by(operators, "aws:PrincipalAccount", [tables.owner]) == all_open
	odd := ["StringMatches", "StringNotMatches", "StringMatchesIfExists", "ForAllValues:x"]
	by(odd, "aws:SourceAccount", [tables.owner]) == ["unknown", "unknown", "unknown", "unknown"]
}

test_many_values_need_a_quantifier if {
	placed := object.union(request, {"principal": tables.placed})
	answers := [key_conditions.hold({"Condition": {operator: {"aws:PrincipalOrgPaths": [wanted]}}}, placed) |
		some operator in ["StringLike", "StringNotLike", "ForAnyValue:StringLike", "ForAllValues:StringLike"]
		some wanted in ["o-a1b2c3d4e5/*", "o-z/*"]
	]
	answers == ["unknown", "unknown", "unknown", "unknown", "true", "false", "true", "false"]
}

test_unclear_are_the_keys_that_leave_it_open if {
	keys := {"aws:SourceIp": ["192.0.2.0/24"], "aws:PrincipalAccount": [tables.owner], "aws:PrincipalTag/team": ["web"]}
	conditions := {"StringEquals": keys, "Null": {"aws:SourceVpc": ["true"]}, "Bool": {"aws:PrincipalArn": ["${x}"]}}
	key_conditions.unclear({"Condition": conditions}, request) == {"aws:SourceIp", "aws:PrincipalTag/team", "aws:SourceVpc", "aws:PrincipalArn"}
	key_conditions.unclear({}, request) == set()
}
