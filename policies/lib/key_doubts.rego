# METADATA
# title: Entries of a key policy or grant that may be who launches
# description: >-
#   One of them is a part of what the principal stands for, or somebody of its account where nobody knows which role, or
#   which account, launches: what holds for the entry is not certain of the principal.
# scope: package
package amiscan.lib.key_doubts

import data.amiscan.lib.key_principals as principals
import data.amiscan.lib.key_roles as roles

is_part(entry, principal, _) if roles.is_session_of(entry, principal)

is_part(entry, principal, _) if roles.may_be(entry, principal)

is_part(entry, principal, owner) if {
	principal.type in {"organization", "ou"}
	principals.is_elsewhere(entry, owner)
}

# Whether a role of that name is service-linked, only its path would tell.
is_part(entry, principal, _) if {
	principal.type == "account"
	principals.is_service_role_session(entry)
	principals.in_account(entry, principal.account)
}

# Saved output does not always tell the account.
is_part(entry, principal, _) if {
	principal.account == "unknown"
	principals.is_elsewhere(entry, principal.account)
}
