# METADATA
# title: Whether a statement of a key policy is open to everybody
# description: >-
#   An Allow for * (or with NotPrincipal, nearly the same) is open unless a condition fixes whose account calls. ViaService
#   holds in every account; IfExists, ForAllValues and negated operators hold for strangers. Other keys may narrow it.
# scope: package
package amiscan.lib.key_openness

import data.amiscan.lib.certainty
import data.amiscan.lib.key_operators
import data.amiscan.lib.wildcards

# for_everybody holds for a statement whose principal is everybody.
for_everybody(statement) if "*" in statement.Principal.AWS

for_everybody(statement) if statement.NotPrincipal

# openness is "closed" where the conditions fix who calls, "unknown" where they may, and "open".
openness(statement) := certainty.pick(["closed", "unknown"], effects, "open") if {
	effects := {effect |
		some operator, keys in object.get(statement, "Condition", {})
		some name, values in keys
		some effect in ["closed", "unknown"]
		narrows(effect, key_operators.parse(operator), lower(name), values)
	}
}

# mentions_callers holds for a statement with a condition on who calls.
mentions_callers(statement) if {
	some _, keys in statement.Condition
	some name, _ in keys
	lower(name) in identities
}

narrows("closed", asked, name, values) if {
	name in identities
	demands(asked)
	every value in values {
		fixes(name, value)
	}
}

narrows("unknown", _, _, values) if {
	some value in values
	contains(value, "${")
}

narrows("unknown", _, name, _) if not name in (identities | bystanders)

# demands holds for an operator that fails where the key is absent or another.
demands(asked) if {
	asked.test in {"equals", "alike", "like", "arn"}
	not asked.negated
	not asked.optional
	asked.quantifier != "ForAllValues:"
}

# fixes holds for a value that names one account or organization.
fixes(_, value) if not wildcards.has_wildcard(value)

fixes(name, value) if {
	endswith(name, "arn")
	regex.match(`^[0-9]{12}$`, split(value, ":")[4])
}

fixes(name, value) if {
	endswith(name, "orgpaths")
	regex.match(`^o-[a-z0-9]+/`, value)
}

identities := {sprintf("aws:%s%s", [side, what]) |
	some side in ["principal", "source"]
	some what in ["account", "arn", "orgid", "orgpaths"]
} | {"kms:calleraccount"}

bystanders := {
	"aws:currenttime", "aws:epochtime", "aws:multifactorauthage", "aws:multifactorauthpresent", "aws:requestedregion",
	"aws:securetransport", "kms:encryptionalgorithm", "kms:grantconstrainttype", "kms:grantisforawsresource",
	"kms:grantoperations", "kms:keyorigin", "kms:keyspec", "kms:keyusage", "kms:viaservice",
}
