# METADATA
# title: Whom a statement of a key policy reaches
# description: >-
#   "allow" (nothing else is needed), "delegate" (the IAM policies of the principal's own account have the last word),
#   "unknown" or "no". The IAM policies of service-linked roles are AWS's and give nothing of KMS: an account's root does
#   not reach them, and in another account only a grant does. EC2 calls KMS with the launcher's credentials: service
#   principals reach nobody. Of an organization or OU all must be reached; one account leaves the others open.
# scope: package
package amiscan.lib.key_reach

import data.amiscan.lib.certainty
import data.amiscan.lib.key_doubts
import data.amiscan.lib.key_principals as principals
import data.amiscan.lib.key_roles as roles

# allow is how an Allow reaches the principal of a key that the owner has. NotPrincipal leaves it open.
allow(statement, principal, owner) := certainty.pick(["allow", "delegate", "unknown"], words | excepted, "no") if {
	excepted := {"unknown" | statement.NotPrincipal}
	words := {word |
		some word in ["allow", "delegate", "unknown"]
		some entry in principals.entries(object.get(statement, "Principal", {}))
		reaches(word, entry, principal, owner)
	}
}

reaches("allow", "*", principal, owner) if principal.account == owner

reaches("delegate", "*", principal, owner) if {
	not own(principal, owner)
	principal.type != "service_role"
}

reaches("delegate", entry, principal, _) if {
	principal.type in {"account", "role"}
	principals.means_account(entry, principal.account)
}

reaches("allow", entry, principal, owner) if {
	principal.account == owner
	roles.names(entry, principal)
}

reaches("delegate", entry, principal, owner) if {
	principal.type == "role"
	not own(principal, owner)
	roles.names(entry, principal)
}

# An account is reached through any of its roles and users, a service-linked one apart.
reaches("delegate", entry, principal, _) if {
	principal.type == "account"
	principals.in_account(entry, principal.account)
	not principals.is_service_role(entry)
	not principals.is_service_role_session(entry)
}

reaches("unknown", entry, principal, owner) if {
	not helped_by_grants_alone(principal, owner)
	unsure(entry, principal, owner)
}

unsure(entry, _, _) if principals.is_odd(entry)

unsure(entry, principal, owner) if key_doubts.is_part(entry, principal, owner)

unsure(entry, principal, owner) if {
	own(principal, owner)
	principal.type == "account"
	principals.in_account(entry, owner)
}

own(principal, owner) if principal.account == owner

helped_by_grants_alone(principal, owner) if {
	principal.type == "service_role"
	not own(principal, owner)
}
