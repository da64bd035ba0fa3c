package amiscan.lib.key_denials_unknown_test

import data.amiscan.lib.key_denials
import data.amiscan.testing.key_access as tables

# told is whether a Deny hits a role and a service-linked role of the account of which nobody knows which one it is.
told(statement, account) := [key_denials.hits(statement, object.union(tables.account(account), {"type": type}), tables.owner) |
	some type in ["role", "service_role"]
]

hit(entry) := told({"Principal": {"AWS": [entry]}}, tables.recipient)

all_but(entries) := told({"NotPrincipal": {"AWS": entries}}, tables.recipient)

role := tables.role_arn(tables.recipient)

linked := tables.service_role_arn(tables.recipient)

test_a_role_of_the_account_may_be_the_one if {
	hit(role) == ["unknown", "false"]
	hit("arn:aws:iam::444455556666:user/ann") == ["unknown", "false"]
	hit(tables.session_arn(tables.recipient)) == ["unknown", "false"]
	hit(linked) == ["false", "unknown"]
	hit(tables.service_role_session(tables.recipient)) == ["unknown", "unknown"]
	hit("arn:aws:iam::444455556666:role/AWSServiceRoleForEC2Fleet") == ["unknown", "false"]
}

test_whole_accounts_and_roles_elsewhere_are_certain if {
	hit(tables.recipient) == ["true", "true"]
	hit("*") == ["true", "true"]
	{told({"Principal": {"AWS": [one]}}, tables.owner) | some one in [role, linked, tables.recipient]} == {["false", "false"]}
}

test_all_but_a_role_of_the_account_may_spare_the_one if {
	all_but([role]) == ["unknown", "true"]
	all_but([linked]) == ["true", "unknown"]
	all_but([role, linked]) == ["unknown", "unknown"]
	all_but([tables.role_arn(tables.owner)]) == ["true", "true"]
	all_but(["*"]) == ["false", "false"]
}

test_an_account_that_is_not_known_may_be_anybody_s if {
	entries := [role, linked, tables.recipient, tables.root_arn(tables.owner)]
	{told({"Principal": {"AWS": [one]}}, "unknown")[1] | some one in [linked, tables.recipient]} == {"unknown"}
	{told({"NotPrincipal": {"AWS": [one]}}, "unknown")[1] | some one in entries; one != role} == {"unknown"}
	told({"Principal": {"AWS": ["AROACKCEVSQ6C2EXAMPLE"]}}, "unknown") == ["false", "false"]
}
