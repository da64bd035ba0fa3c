# METADATA
# title: Condition operators of key policies
# description: >-
#   An operator is a name such as StringLike, which may begin with ForAnyValue: or ForAllValues: and end in IfExists. What
#   a value of a statement says about the value of a request is one of certainty's answers. Numbers, dates, addresses and
#   binary values are not compared: nothing of that kind is known of a launch to come.
# scope: package
package amiscan.lib.key_operators

import data.amiscan.lib.certainty

# parse takes an operator apart. One that IAM does not know has the test "odd".
parse(operator) := {
	"quantifier": quantifier,
	"test": object.get(tests, base, "odd"),
	"negated": contains(base, "Not"),
	"optional": optional,
} if {
	quantifier := concat("", {prefix | some prefix in ["ForAnyValue:", "ForAllValues:"]; startswith(operator, prefix)})
	bare := trim_prefix(operator, quantifier)
	optional := endswith(bare, "IfExists")
	base := trim_suffix(bare, "IfExists")
}

tests := {
	"Null": "null",
	"Bool": "bool",
	"StringEquals": "equals",
	"StringNotEquals": "equals",
	"StringEqualsIgnoreCase": "alike",
	"StringNotEqualsIgnoreCase": "alike",
	"StringLike": "like",
	"StringNotLike": "like",
	"ArnEquals": "arn",
	"ArnNotEquals": "arn",
	"ArnLike": "arn",
	"ArnNotLike": "arn",
	"NumericEquals": "other",
	"NumericNotEquals": "other",
	"NumericLessThan": "other",
	"NumericLessThanEquals": "other",
	"NumericGreaterThan": "other",
	"NumericGreaterThanEquals": "other",
	"DateEquals": "other",
	"DateNotEquals": "other",
	"DateLessThan": "other",
	"DateLessThanEquals": "other",
	"DateGreaterThan": "other",
	"DateGreaterThanEquals": "other",
	"IpAddress": "other",
	"NotIpAddress": "other",
	"BinaryEquals": "other",
}

# without is whether the operator holds for a request without the key. (Null is another matter.) IAM's page on operators
# says that IfExists makes it true, its page on multivalued keys that ForAnyValue makes it false: together that is open.
without(asked) := certainty.pick(["unknown", "true"], words, "false") if {
	contested := {"unknown" | asked.optional; asked.quantifier == "ForAnyValue:"}
	lax := {"true" | some reason in ["optional", "all", "negated"]; is_lax(reason, asked)}
	words := contested | lax
}

is_lax("optional", asked) if asked.optional

is_lax("all", asked) if asked.quantifier == "ForAllValues:"

is_lax("negated", asked) if {
	asked.negated
	asked.quantifier != "ForAnyValue:"
}
