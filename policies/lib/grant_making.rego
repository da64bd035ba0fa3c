# METADATA
# title: Whether somebody of another account can make a grant to its service-linked roles
# description: >-
#   By hand, as AWS describes it for groups and fleets. The grant may be for one of AWS's roles that launch, or for one with
#   a suffix that the key policy itself names. Which accounts are in an organization, and so their roles, is not known. Who
#   has a grant with CreateGrant can hand it on. Grants that were not seen are null.
# scope: package
package amiscan.lib.grant_making

import data.amiscan.lib.certainty
import data.amiscan.lib.key_access
import data.amiscan.lib.key_answers
import data.amiscan.lib.key_principals
import data.amiscan.lib.launching_roles

# word is the most that is certain of the roles: that somebody can make a grant, or that one has it: "allow", "delegate",
# "unknown" or "no".
word(key, policy, grants, principal) := certainty.pick(["allow", "delegate", "unknown"], made | held, "no") if {
	others := object.get({true: null}, is_null(grants), [grant |
		some grant in grants
		not key_principals.is_service_role(object.get(grant, "GranteePrincipal", ""))
	])
	made := {answer.word |
		some role in roles(policy, principal)
		some answer in by_hand(key, policy, others, principal, role)
	}
	held := {object.get({"allowed": "allow", "undecided": "unknown"}, told.access, "no") |
		some grantee in grantees(policy, grants, principal)
		told := of_role(key, policy, grants, principal, grantee)
	}
}

# grantees are those of the grants; where these are not seen, any role that launches may be one.
grantees(policy, grants, principal) := {grant.GranteePrincipal | some grant in grants} | {role |
	is_null(grants)
	some role in roles(policy, principal)
}

# of_role is whether the grants let a launching role of the account launch; undefined for other grantees.
of_role(key, policy, grants, principal, grantee) := key_access.judge(key, policy, grants, role, "source") if {
	launching_roles.is_one(grantee)
	key_principals.in_account(grantee, principal.account)
	role := object.union(principal, {"type": "service_role", "arn": grantee})
}

by_hand(key, policy, grants, principal, role) := key_answers.answers(
	["kms:CreateGrant"],
	{"principal": principal, "by": "hand", "grantee": role},
	policy,
	grants,
	key,
)

roles(policy, principal) := {null | principal.type != "account"} | {role |
	principal.type == "account"
	some role in (launching_roles.of(principal) | launching_roles.named(policy, principal))
	can_be_of(role, principal.account)
}

# The condition may be on another account's role, or a pattern that does not tell the account.
can_be_of(role, account) if regex.match(sprintf(`::%s:|^[^:]*$|::[^:]*[*?]`, [account]), role)
