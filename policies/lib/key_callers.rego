# METADATA
# title: Whether a condition's values fix whose account calls
# description: >-
#   A value fixes the caller where it names one account or organization, and where texts are compared letter by letter: a
#   wildcard then stands for itself and meets nobody. A policy variable (${…}) fixes nobody.
# scope: package
package amiscan.lib.key_callers

import data.amiscan.lib.wildcards

# identities are the condition keys on who calls, or whom a service works for.
identities := {sprintf("aws:%s%s", [side, what]) |
	some side in ["principal", "source"]
	some what in ["account", "arn", "orgid", "orgpaths"]
} | {"kms:calleraccount"}

# fix holds where all of a key's values fix the caller; of no values nothing is certain.
fix(asked, name, values) if {
	name in identities
	values != []
	every value in values {
		fixes(asked.test, name, value)
	}
}

# may_fix holds where they fix the caller or nearly do.
may_fix(asked, name, values) if {
	name in identities
	every value in values {
		nearly_fixes(asked.test, name, value)
	}
}

# is_unclear holds for an operator that does not fit the key, and for no values.
is_unclear(asked, name, _) if {
	name in identities
	asked.test in {"bool", "odd", "other"}
}

is_unclear(_, name, []) if name in identities

fixes(test, name, value) if {
	not contains(value, "${")
	settles(test, name, value)
}

settles(test, _, _) if test in {"equals", "alike"}

settles(_, _, value) if not wildcards.has_wildcard(value)

settles("arn", name, value) if {
	endswith(name, "arn")
	regex.match(`^[0-9]{12}$`, split(value, ":")[4])
}

settles("like", name, value) if {
	endswith(name, "arn")
	regex.match(`^arn:([^:*?]*:){3}[0-9]{12}:`, value)
}

settles("like", name, value) if {
	endswith(name, "orgpaths")
	regex.match(`^o-[a-z0-9]+/`, value)
}

nearly_fixes(test, name, value) if fixes(test, name, value)

# The wildcards of StringLike reach over colons, and IAM allows colons in a role's path: an account's id after a wildcard
# may be a part of the path of another account's role.
nearly_fixes("like", name, value) if {
	endswith(name, "arn")
	regex.match(`:[0-9]{12}:`, value)
}
