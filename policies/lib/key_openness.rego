# METADATA
# title: Whether a statement of a key policy is open to everybody
# description: >-
#   An Allow for * (or with NotPrincipal, nearly the same) is open unless a condition fixes whose account calls. ViaService
#   holds in every account; IfExists, ForAllValues (of keys that may be absent) and negated operators hold for strangers.
# scope: package
package amiscan.lib.key_openness

import data.amiscan.lib.certainty
import data.amiscan.lib.key_callers
import data.amiscan.lib.key_operators

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
	lower(name) in key_callers.identities
}

narrows("closed", asked, name, values) if {
	compares(asked)
	key_operators.without(asked) == "false"
	key_callers.fix(asked, name, values)
}

# KMS answers signed requests only, and all of these have the caller's account and ARN: IfExists and ForAllValues then
# demand it too, but for a service that calls for itself AWS's pages do not say so (IAM User Guide, Global condition keys).
narrows("unknown", asked, name, values) if {
	name in {"kms:calleraccount", "aws:principalaccount", "aws:principalarn"}
	compares(asked)
	key_callers.may_fix(asked, name, values)
}

narrows("unknown", asked, name, values) if {
	compares(asked)
	key_operators.without(asked) in {"false", "unknown"}
	key_callers.may_fix(asked, name, values)
}

narrows("unknown", _, _, values) if {
	some value in values
	contains(value, "${")
}

narrows("unknown", asked, name, values) if key_callers.is_unclear(asked, name, values)

narrows("unknown", _, name, _) if not name in (key_callers.identities | bystanders)

compares(asked) if {
	asked.test in {"equals", "alike", "like", "arn"}
	not asked.negated
}

bystanders := {
	"aws:currenttime", "aws:epochtime", "aws:multifactorauthage", "aws:multifactorauthpresent", "aws:requestedregion",
	"aws:securetransport", "kms:encryptionalgorithm", "kms:grantconstrainttype", "kms:grantisforawsresource",
	"kms:grantoperations", "kms:keyorigin", "kms:keyspec", "kms:keyusage", "kms:viaservice",
}
