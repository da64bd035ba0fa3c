package amiscan.lib.key_callers_test

import data.amiscan.lib.key_callers

# right are the values of a key that fix the caller under a test, and the doubtful ones, which nearly do.
right(test, name, values) := {value | some value in values; key_callers.fix({"test": test}, name, [value])}

doubtful(test, name, values) := {value |
	some value in (values - right(test, name, values))
	key_callers.may_fix({"test": test}, name, [value])
}

arns := {
	"arn:aws:iam::111122223333:role/build",
	"arn:aws:iam::111122223333:*",
	"arn:*:iam::111122223333:root",
	"arn:aws:iam::*:role/build",
	"*",
}

test_arns if {
	fixed := {"arn:aws:iam::111122223333:role/build", "arn:aws:iam::111122223333:*"}
	right("equals", "aws:principalarn", arns) == arns
	right("arn", "aws:sourcearn", arns) == fixed | {"arn:*:iam::111122223333:root"}
	right("like", "aws:sourcearn", arns) == fixed
	doubtful("like", "aws:principalarn", arns) == {"arn:*:iam::111122223333:root"}
	doubtful("arn", "aws:principalarn", arns) == set()
}

test_accounts_and_organizations if {
	right("like", "kms:calleraccount", {"111122223333", "1111*", "*"}) == {"111122223333"}
	right("like", "aws:principalorgpaths", {"o-a1/*", "o-*/r-b/", "o-a1/r-b/"}) == {"o-a1/*", "o-a1/r-b/"}
	right("alike", "aws:principalorgid", {"O-A1", "o-*", "${aws:PrincipalOrgID}"}) == {"O-A1", "o-*"}
	doubtful("like", "kms:calleraccount", {"*:111122223333:*"}) == set()
}

test_other_keys_and_no_values_fix_nobody if {
	right("equals", "kms:viaservice", {"ec2.eu-west-1.amazonaws.com"}) == set()
	not key_callers.fix({"test": "equals"}, "aws:principalorgid", [])
	not key_callers.fix({"test": "like"}, "aws:principalorgid", ["o-a1", "o-*"])
	not key_callers.may_fix({"test": "equals"}, "kms:viaservice", ["x"])
}

test_unclear_are_operators_that_do_not_fit_and_no_values if {
	tests := ["bool", "odd", "other", "null", "equals", "alike", "like", "arn"]
	[test | some test in tests; key_callers.is_unclear({"test": test}, "aws:principalorgid", ["o-a1"])] == ["bool", "odd", "other"]
	key_callers.is_unclear({"test": "equals"}, "aws:principalorgid", [])
	not key_callers.is_unclear({"test": "odd"}, "kms:viaservice", [])
}
