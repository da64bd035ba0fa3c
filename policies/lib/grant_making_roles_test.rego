package amiscan.lib.grant_making_roles_test

import data.amiscan.lib.grant_making
import data.amiscan.testing.key_access as tables

recipient := tables.account(tables.recipient)

role := tables.service_role_arn(tables.recipient)

make := tables.allow({"AWS": [tables.recipient]}, ["kms:CreateGrant"])

# word is what is certain for the recipient under these statements, with these grants.
word(statements, grants) := grant_making.word(tables.key, tables.policy(statements), grants, recipient)

only_for(operator, roles) := word([tables.on_condition(make, {operator: {"kms:GranteePrincipal": roles}})], [])

# other is a service-linked role that launches nothing.
other := replace(role, "autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling", "rds.amazonaws.com/AWSServiceRoleForRDS")

test_roles_that_do_not_launch_do_not_count if {
	only_for("StringEquals", [other]) == "no"
	only_for("StringLike", [replace(other, tables.recipient, "*")]) == "no"
	word([], [tables.grant(other)]) == "no"
	word([], [tables.grant(concat("", [role, "_golden"]))]) == "allow"
}

test_wildcards_stand_for_themselves_where_no_pattern_is_meant if {
	any_account := replace(concat("", [role, "_golden"]), tables.recipient, "*")
	only_for("StringEquals", [any_account]) == "no"
	only_for("StringLike", [any_account]) == "delegate"
	only_for("ArnEquals", [any_account]) == "delegate"
	only_for("StringLike", ["*_golden"]) == "delegate"
}

test_grants_that_are_not_seen_may_give_all if {
	word([], null) == "unknown"
	word([tables.on_condition(make, {"Bool": {"kms:GrantIsForAWSResource": ["true"]}})], null) == "unknown"
	word([make], null) == "delegate"
	word([tables.deny({"AWS": ["*"]}, ["kms:*"])], null) == "no"
	by_hand := tables.on_condition(tables.deny({"AWS": ["*"]}, ["*"]), {"Bool": {"kms:GrantIsForAWSResource": ["false"]}})
	word([make, by_hand], null) == "unknown"
	grant_making.word(tables.key, tables.policy([]), null, tables.organization) == "unknown"
}
