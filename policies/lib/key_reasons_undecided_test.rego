package amiscan.lib.key_reasons_undecided_test

import data.amiscan.lib.key_access
import data.amiscan.testing.key_access as tables

test_a_deny_of_what_aws_only_says_is_needed_is_named if {
	deny := tables.deny({"AWS": ["*"]}, ["kms:DescribeKey"])
	given := tables.judged(tables.account(tables.recipient), [deny])
	told := key_access.judge(given.key, given.policy, given.grants, given.principal, given.use)
	told.access == "undecided"
	told.reasons == [sprintf("statement 2 denies kms:DescribeKey to account 444455556666 on key %s", [tables.key.Arn])]
}
