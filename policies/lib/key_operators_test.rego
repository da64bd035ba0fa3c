package amiscan.lib.key_operators_test

import data.amiscan.lib.key_operators

asked(quantifier, test, negated, optional) := {
	"quantifier": quantifier,
	"test": test,
	"negated": negated,
	"optional": optional,
}

test_operators_are_taken_apart if {
	every operator, want in {
		"StringLike": asked("", "like", false, false),
		"StringNotLike": asked("", "like", true, false),
		"StringEqualsIfExists": asked("", "equals", false, true),
		"StringNotEqualsIfExists": asked("", "equals", true, true),
		"ForAnyValue:StringEquals": asked("ForAnyValue:", "equals", false, false),
		"ForAllValues:StringNotLike": asked("ForAllValues:", "like", true, false),
		"ForAllValues:StringLikeIfExists": asked("ForAllValues:", "like", false, true),
		"BoolIfExists": asked("", "bool", false, true),
		"Null": asked("", "null", false, false),
	} {
		key_operators.parse(operator) == want
	}
}

test_what_is_compared_and_how if {
	every test, operators in {
		"equals": ["StringEquals", "StringNotEquals"],
		"alike": ["StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"],
		"like": ["StringLike", "StringNotLike"],
		"arn": ["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"],
		"other": ["NumericLessThan", "DateGreaterThanEquals", "IpAddress", "NotIpAddress", "BinaryEquals"],
	} {
		every operator in operators {
			key_operators.parse(operator) == asked("", test, contains(operator, "Not"), false)
		}
	}
}

test_operators_that_iam_does_not_know_are_odd if {
	every operator in [
		"",
		"Equals",
		"stringequals",
		"StringEquals ",
		"StringLike:ForAnyValue",
		"IfExistsStringEquals",
		"StringEqualsIfExistsIfExists",
		"ForSomeValue:StringEquals",
		"ForAnyValue:ForAllValues:StringEquals",
	] {
		key_operators.parse(operator).test == "odd"
	}
}

# without is what each of the operators says of a request without the key.
without(operators) := [key_operators.without(key_operators.parse(operator)) | some operator in operators]

test_operators_without_the_key if {
	holding := [
		"StringEqualsIfExists", "ForAllValues:StringLikeIfExists", "ForAllValues:StringEquals",
		"StringNotEquals", "ArnNotLike", "NotIpAddress", "ForAllValues:StringNotLike",
	]
	without(holding) == ["true", "true", "true", "true", "true", "true", "true"]
	failing := ["StringEquals", "Bool", "ArnLike", "IpAddress", "ForAnyValue:StringLike", "ForAnyValue:StringNotEquals"]
	without(failing) == ["false", "false", "false", "false", "false", "false"]
}

# AWS's pages say that IfExists makes it true and that ForAnyValue makes it false.
test_any_value_that_need_not_exist_is_open if {
	without(["ForAnyValue:StringLikeIfExists", "ForAnyValue:StringNotEqualsIfExists"]) == ["unknown", "unknown"]
}
