package amiscan.lib.key_doubts_test

import data.amiscan.lib.key_doubts
import data.amiscan.testing.key_access as tables

entries := [
	"*",
	tables.owner,
	tables.recipient,
	tables.role_arn(tables.recipient),
	tables.session_arn(tables.recipient),
	tables.service_role_arn(tables.recipient),
	tables.service_role_session(tables.recipient),
	"AROACKCEVSQ6C2EXAMPLE",
	"arn:aws:iam::444455556666:role/*",
]

# parts are the places, in the list, of the entries that may be the principal.
parts(principal) := {i | some i, entry in entries; key_doubts.is_part(entry, principal, tables.owner)}

nameless(principal) := object.remove(principal, ["arn"])

test_sessions_are_parts_of_their_role if {
	parts(tables.role(tables.recipient)) == {4}
	parts(tables.service_role(tables.recipient)) == {6}
	parts(tables.session(tables.recipient)) == set()
}

test_a_session_of_a_service_linked_role_is_a_part_of_its_account if {
	parts(tables.account(tables.recipient)) == {6}
	parts(tables.account(tables.owner)) == set()
}

test_a_role_that_is_not_known_may_be_any_of_its_account if {
	parts(nameless(tables.role(tables.recipient))) == {3, 4, 6}
	parts(nameless(tables.service_role(tables.recipient))) == {5, 6}
	parts(nameless(tables.role(tables.owner))) == set()
}

test_accounts_are_parts_of_an_organization_but_the_owner if {
	{parts(principal) | some principal in [tables.organization, tables.ou]} == {{2, 3, 4, 5, 6}}
}

test_an_account_that_is_not_known_may_be_any if parts(tables.account("unknown")) == {1, 2, 3, 4, 5, 6}
