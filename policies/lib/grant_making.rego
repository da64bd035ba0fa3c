# METADATA
# title: Whether somebody of another account can make a grant to its service-linked roles
# description: >-
#   By hand, as AWS describes it for groups and fleets. The grant may be for one of AWS's four roles that launch, or for one
#   that the key policy itself names. Which accounts are in an organization, and so their roles, is not known. Who has a grant
#   with CreateGrant can hand it on.
# scope: package
package amiscan.lib.grant_making

import data.amiscan.lib.certainty
import data.amiscan.lib.key_access
import data.amiscan.lib.key_answers
import data.amiscan.lib.key_principals

# word is the most that is certain of the roles: that somebody can make a grant, or that one has it: "allow", "delegate",
# "unknown" or "no".
word(key, policy, grants, principal) := certainty.pick(["allow", "delegate", "unknown"], made | held, "no") if {
	others := [grant | some grant in grants; not key_principals.is_service_role(object.get(grant, "GranteePrincipal", ""))]
	made := {answer.word |
		some role in roles(policy, principal)
		some answer in by_hand(key, policy, others, principal, role)
	}
	held := {object.get({"allowed": "allow", "undecided": "unknown"}, told.access, "no") |
		some grant in grants
		told := of_role(key, policy, grants, principal, grant.GranteePrincipal)
	}
}

# of_role is whether the grants let a service-linked role of the account launch; undefined for other grantees.
of_role(key, policy, grants, principal, grantee) := key_access.judge(key, policy, grants, role, "source") if {
	key_principals.is_service_role(grantee)
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
	some role in (by_name(principal) | mentioned(policy))
	can_be_of(role, principal.account)
}

by_name(principal) := {role |
	some name in [
		"autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
		"spot.amazonaws.com/AWSServiceRoleForEC2Spot",
		"ec2fleet.amazonaws.com/AWSServiceRoleForEC2Fleet",
		"spotfleet.amazonaws.com/AWSServiceRoleForEC2SpotFleet",
	]
	role := sprintf("arn:%s:iam::%s:role/aws-service-role/%s", [principal.partition, principal.account, name])
}

# A role may have a suffix, and a pattern that the policy names it by fits itself.
mentioned(policy) := {value |
	some statement in policy.Statement
	some _, conditions in statement.Condition
	some name, values in conditions
	lower(name) == "kms:granteeprincipal"
	some value in values
	contains(value, "AWSServiceRoleFor")
}

can_be_of(role, account) if regex.match(sprintf(`::%s:|^[^:]*$|::[^:]*[*?]`, [account]), role)
