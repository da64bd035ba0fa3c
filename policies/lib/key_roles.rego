# METADATA
# title: Whether an entry of a key policy or grant is who launches
# description: >-
#   Who launches is {"type": "account" | "role" | "service_role" | "organization" | "ou", "account": …, "arn": …,
#   "organization": …, "ou": …}: an account stands for somebody in it, a role may be a user or one session of a role, a
#   service_role is service-linked.
# scope: package
package amiscan.lib.key_roles

import data.amiscan.lib.key_principals as principals

# names holds for an entry that is the principal itself or, of a session, its role.
names(entry, principal) if entry == principal.arn

# AWS's pages write the path of a service-linked role in two ways: its name and account tell it.
names(entry, principal) if {
	principal.type == "service_role"
	principals.is_service_role(entry)
	principals.in_account(entry, principal.account)
	role(entry) == role(principal.arn)
}

names(entry, principal) if {
	is_session(principal.arn)
	startswith(split(entry, ":")[5], "role/")
	principals.in_account(entry, principal.account)
	role(entry) == role(principal.arn)
}

# is_session_of holds for an entry that is one session of the principal.
is_session_of(entry, principal) if {
	is_session(entry)
	entry != principal.arn
	not is_session(principal.arn)
	principals.in_account(entry, principal.account)
	role(entry) == role(principal.arn)
}

# may_be holds for an entry that the principal may be, where nobody knows which role of its account launches.
may_be(entry, principal) if {
	not is_string(object.get(principal, "arn", null))
	principals.in_account(entry, principal.account)
	not principals.is_account(entry)
	is_of_type(entry, principal.type)
}

is_of_type(entry, "role") if not principals.is_service_role(entry)

is_of_type(entry, "service_role") if principals.is_service_role(entry)

is_of_type(entry, "service_role") if principals.is_service_role_session(entry)

is_session(arn) if regex.match(`^arn:[^:]+:sts::[0-9]{12}:assumed-role/`, arn)

# role is the name of the role of an ARN, without its path.
role(arn) := concat("", {name |
	some match in regex.find_all_string_submatch_n(`:(?:assumed-role/([^/]+)/.*|(?:role|user)/(?:.*/)?([^/]+))$`, arn, 1)
	name := concat("", [match[1], match[2]])
})
