# METADATA
# title: Statements on who may make a grant by hand
# scope: package
package amiscan.lib.grant_statements

import data.amiscan.lib.key_answers
import data.amiscan.lib.key_statements

# list are those that say of CreateGrant what they do, in a launch or by hand, each with the conditions that a person
# does not meet. A policy that was not seen may have any.
list(key, policy, principal) := sort(unseen | seen(key, policy, principal)) if {
	unseen := {key_statements.blank.label | not key_statements.has_statements(policy)}
}

seen(key, policy, principal) := {text |
	asked := [{"principal": principal, "by": by} | some by in ["ec2", "hand"]]
	labels := {said.label |
		some requester in asked
		some answer in key_answers.answers(["kms:CreateGrant"], requester, policy, [], key)
		some said in array.concat(answer.gifts, answer.denials)
	}
	some i, statement in policy.Statement
	label := key_statements.label(statement, i + 1)
	label in labels
	text := concat("", [label, brackets(statement)])
}

brackets(statement) := concat("", [text |
	names := {name |
		some _, conditions in object.get(statement, "Condition", {})
		some name, _ in conditions
		lower(name) in {"kms:grantisforawsresource", "kms:viaservice", "kms:granteeprincipal"}
	}
	count(names) > 0
	text := sprintf(" (%s)", [concat(", ", sort(names))])
])
