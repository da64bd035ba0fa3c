package amiscan.lib.key_openness_values_test

import data.amiscan.lib.key_openness

# opened is what the operators, or one of them, make of a key's values.
opened(operator, name, values) := key_openness.openness({"Condition": {operator: {name: values}}})

by(operators, name, values) := [opened(operator, name, values) | some operator in operators]

callers := ["kms:CallerAccount", "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:SourceArn"]

test_a_policy_variable_fixes_nobody if {
	values := [["${aws:PrincipalAccount}"], ["111122223333", "${aws:PrincipalTag/a}"], ["arn:aws:iam::${aws:PrincipalAccount}:role/a"]]
	found := {opened(operator, name, one) |
		some operator in ["StringEquals", "StringLike", "ArnLike"]
		some name in callers
		some one in values
	}
	found == {"unknown"}
}

test_no_values_are_not_judged if {
	operators := ["StringEquals", "StringLike", "ArnEquals", "StringEqualsIfExists"]
	by(operators, "aws:PrincipalOrgID", []) == ["unknown", "unknown", "unknown", "unknown"]
}

# IAM allows colons in the path of a role, and the wildcards of StringLike reach over them.
test_an_account_after_a_wildcard_is_certain_only_where_parts_are_compared if {
	patterns := ["arn:*:iam::111122223333:role/build", "*:111122223333:role/*", "arn:aws:?am::111122223333:*"]
	{opened("StringLike", "aws:PrincipalArn", [pattern]) | some pattern in patterns} == {"unknown"}
	by(["ArnLike", "ArnEquals"], "aws:PrincipalArn", ["arn:*:iam::111122223333:role/build"]) == ["closed", "closed"]
	by(["StringLike", "ArnLike"], "aws:PrincipalArn", ["arn:aws:iam::111122223333:role/*"]) == ["closed", "closed"]
	by(["StringLike", "ArnLike"], "aws:PrincipalArn", ["arn:aws:iam::*:role/build"]) == ["open", "open"]
}

test_wildcards_stand_for_themselves_where_texts_are_compared if {
	every value in ["*", "o-*", "arn:aws:iam::*:role/build"] {
		by(["StringEquals", "StringEqualsIgnoreCase"], "aws:PrincipalArn", [value]) == ["closed", "closed"]
		by(["StringLike", "ArnEquals"], "aws:PrincipalArn", [value]) == ["open", "open"]
	}
}

test_keys_that_every_signed_request_has_need_not_be_demanded if {
	every name in ["kms:CallerAccount", "aws:PrincipalAccount"] {
		lax := ["StringEqualsIfExists", "ForAllValues:StringLike", "StringNotEqualsIfExists"]
		by(lax, name, ["111122223333"]) == ["unknown", "unknown", "open"]
		by(["StringLikeIfExists"], name, ["1111*"]) == ["open"]
	}
	opened("ArnLikeIfExists", "aws:PrincipalArn", ["arn:aws:iam::111122223333:role/a"]) == "unknown"
	opened("StringEqualsIfExists", "aws:PrincipalOrgID", ["o-a1b2c3d4e5"]) == "open"
	opened("StringEqualsIfExists", "aws:SourceAccount", ["111122223333"]) == "open"
}

# AWS's pages do not agree on whether that holds without the key.
test_any_value_that_need_not_exist_may_fix_who_calls if {
	by(["ForAnyValue:StringEqualsIfExists"], "aws:PrincipalOrgID", ["o-a1b2c3d4e5"]) == ["unknown"]
	by(["ForAnyValue:StringLikeIfExists"], "aws:PrincipalOrgID", ["o-*"]) == ["open"]
}

test_operators_that_are_not_understood_leave_callers_open_to_doubt if {
	by(["StringSounds", "stringequals", "NumericEquals", "Bool"], "aws:PrincipalAccount", ["111122223333"]) == [
		"unknown",
		"unknown",
		"unknown",
		"unknown",
	]
	by(["StringSounds"], "kms:ViaService", ["ec2.eu-west-1.amazonaws.com"]) == ["open"]
	by(["Null", "StringNotEquals"], "aws:PrincipalAccount", ["111122223333"]) == ["open", "open"]
}
