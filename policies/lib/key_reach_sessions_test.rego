package amiscan.lib.key_reach_sessions_test

import data.amiscan.lib.key_reach
import data.amiscan.testing.key_access as tables

# reach is how an Allow for the entry reaches somebody in an account, a role and a service-linked role of it.
reach(entry, account) := [key_reach.allow({"Principal": {"AWS": [entry]}}, principal, tables.owner) |
	some principal in [tables.account(account), tables.role(account), tables.service_role(account)]
]

nameless(entry, account) := [key_reach.allow({"Principal": {"AWS": [entry]}}, principal, tables.owner) |
	some one in [tables.role(account), tables.service_role(account)]
	principal := object.remove(one, ["arn"])
]

# What its own account can do with a session of a service-linked role, its IAM policies have no say in.
test_a_session_of_a_service_linked_role_is_not_the_account if {
	reach(tables.service_role_session(tables.owner), tables.owner) == ["unknown", "no", "unknown"]
	reach(tables.service_role_session(tables.recipient), tables.recipient) == ["unknown", "no", "no"]
	reach(tables.session_arn(tables.recipient), tables.recipient) == ["delegate", "unknown", "no"]
}

test_a_role_that_is_not_known_may_be_the_one_that_is_named if {
	nameless(tables.role_arn(tables.owner), tables.owner) == ["unknown", "no"]
	nameless(tables.service_role_arn(tables.owner), tables.owner) == ["no", "unknown"]
	nameless(tables.service_role_arn(tables.recipient), tables.recipient) == ["no", "no"]
	nameless(tables.owner, tables.owner) == ["delegate", "no"]
}
