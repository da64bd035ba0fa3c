package amiscan.lib.key_conditions_odd_test

import data.amiscan.lib.key_conditions
import data.amiscan.testing.key_access as tables

request := {"principal": tables.role(tables.owner), "action": "kms:Decrypt", "by": "ec2"}

hold(condition, asked) := key_conditions.hold({"Condition": condition}, asked)

account(values) := {"aws:PrincipalAccount": values}

# said are the answers to each of the values of a key, under operators of both kinds.
said(name, values) := {hold({operator: {name: one}}, request) |
	some one in values
	some operator in ["StringEquals", "StringNotEquals", "StringEqualsIfExists", "Null"]
}

test_conditions_that_are_none_may_mean_anything if {
	odd := [null, "StringEquals", [], 7, {"StringEquals": null}, {"StringEquals": "x"}, {"StringEquals": [tables.owner]}]
	{hold(condition, request) | some condition in odd} == {"unknown"}
}

test_values_that_are_no_list_of_texts_may_mean_anything if {
	values := [tables.owner, tables.recipient, null, 7, {}, [], [null], [[tables.owner]], [tables.recipient, 7]]
	said("aws:PrincipalAccount", values) == {"unknown"}
	said("aws:SourceAccount", values) == {"unknown"}
}

test_what_is_read_beside_still_fails if {
	hold({"StringEquals": account([tables.recipient]), "Bool": null}, request) == "false"
	hold({"StringEquals": account([tables.owner]), "Bool": null}, request) == "unknown"
}

test_a_request_without_all_its_parts_is_not_judged if {
	condition := {"StringLike": {"kms:ViaService": ["ec2.*"]}}
	hold(condition, request) == "true"
	parts := ["principal", "action", "by"]
	{hold(condition, object.remove(request, [part])) | some part in parts} == {"unknown"}
	{hold({"Bool": {"kms:GrantIsForAWSResource": ["true"]}}, object.remove(request, [part])) | some part in parts} == {"unknown"}
}

test_any_value_of_a_key_that_is_absent_and_need_not_exist_is_open if {
	for_any := ["ForAnyValue:StringEqualsIfExists", "ForAnyValue:StringNotLikeIfExists"]
	{hold({operator: {"aws:SourceAccount": ["x"]}}, request) | some operator in for_any} == {"unknown"}
	hold({"ForAllValues:StringEqualsIfExists": {"aws:SourceAccount": ["x"]}}, request) == "true"
}

test_unclear_names_what_cannot_be_read if {
	odd := {"Condition": {"StringEquals": {"aws:PrincipalAccount": tables.owner}, "Bool": null}}
	key_conditions.unclear(odd, request) == {"aws:PrincipalAccount"}
}
