# METADATA
# title: Whom a Deny of a key policy hits
# description: >-
#   A Deny of an account hits everybody in it, service-linked roles included. A Deny with NotPrincipal hits everybody but
#   those listed; for a role both its account and the role must be listed, for a session the session too. Where only a part
#   is, nothing is certain. What a Deny does to one member of an account or organization says nothing of the others.
# scope: package
package amiscan.lib.key_denials

import data.amiscan.lib.certainty
import data.amiscan.lib.key_doubts
import data.amiscan.lib.key_principals as principals
import data.amiscan.lib.key_roles as roles

# hits is whether a Deny hits the principal of a key that the owner has.
hits(statement, principal, owner) := certainty.any_of(direct | spared) if {
	direct := {answer |
		some answer in ["true", "unknown"]
		some entry in principals.entries(object.get(statement, "Principal", {}))
		hit(answer, entry, principal, owner)
	}
	spared := {answer | answer := certainty.negated(spares(principals.entries(statement.NotPrincipal), principal, owner))}
}

hit("true", "*", _, _)

hit("true", entry, principal, _) if principals.means_account(entry, principal.account)

hit("true", entry, principal, _) if roles.names(entry, principal)

hit("unknown", entry, principal, owner) if touches(entry, principal, owner)

# spares is whether the list of a NotPrincipal leaves the principal alone.
spares(listed, principal, owner) := certainty.any_of(whole | part) if {
	whole := {"true" | covers(listed, principal)}
	part := {"unknown" | some entry in listed; concerns(entry, principal, owner)}
}

covers(listed, _) if "*" in listed

covers(listed, principal) if {
	some account in listed
	principals.means_account(account, principal.account)
	principal.arn in listed
	some entry in listed
	roles.names(entry, principal)
	not is_session_alone(entry, principal)
}

is_session_alone(entry, principal) if {
	roles.is_session(principal.arn)
	entry == principal.arn
}

concerns(entry, principal, _) if principals.means_account(entry, principal.account)

concerns(entry, principal, _) if roles.names(entry, principal)

concerns(entry, principal, owner) if touches(entry, principal, owner)

# touches holds for an entry that is a part of what the principal stands for, or that nobody can read.
touches(entry, _, _) if principals.is_odd(entry)

touches(entry, principal, owner) if key_doubts.is_part(entry, principal, owner)

touches(entry, principal, _) if {
	principal.type == "account"
	principals.in_account(entry, principal.account)
}
