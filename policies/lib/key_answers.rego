# METADATA
# title: Whether a principal may use one action of a key
# description: >-
#   Gathers what the statements and the grants say of each action: Deny first, also of what a grant gives; then whatever
#   gives most. A policy or a list of grants that was not seen is null: it may deny, or give, anything.
# scope: package
package amiscan.lib.key_answers

import data.amiscan.lib.certainty
import data.amiscan.lib.key_conditions
import data.amiscan.lib.key_grants
import data.amiscan.lib.key_statements

# answers has, for each of the actions, word ("allow", "delegate", "unknown" or "no") and what led to it: gifts and
# denials, each with its label, word and the condition keys that nothing is known of.
answers(actions, requester, policy, grants, key) := [answer |
	owner := split(key.Arn, ":")[4]
	statements := key_statements.met(policy, requester.principal, owner)
	some action in actions
	request := object.union(requester, {"action": action})
	denials := denials_of(statements, request, key.Arn)
	gifts := array.concat(gifts_of(statements, request, key.Arn), granted(grants, request, owner))
	answer := {"action": action, "denials": denials, "gifts": gifts, "word": word(denials, gifts)}
]

# word is what is certain of an action after all: that it is denied, or the most that is given.
word(denials, gifts) := certainty.pick(["no", "unknown"], denied, given) if {
	given := certainty.pick(["allow", "delegate", "unknown"], {gift.word | some gift in gifts}, "no")
	denied := {object.get({"true": "no"}, denial.word, "unknown") |
		some denial in denials
		given != "no"
	}
}

denials_of(statements, request, arn) := [denial |
	some statement in statements
	statement.deny != "false"
	denial := told(statement, request, key_statements.denies(statement, request, arn))
	denial.word != "false"
]

gifts_of(statements, request, arn) := [gift |
	some statement in statements
	statement.allow != "no"
	gift := told(statement, request, key_statements.gives(statement, request, arn))
	gift.word != "no"
]

told(statement, request, said) := {
	"label": statement.label,
	"word": said,
	"unclear": {name | said == "unknown"; some name in key_conditions.unclear(statement.content, request)},
	"by_organization": by_organization(statement.content),
}

# by_organization is whether a statement looks at the organization, as AWS's page on sharing with one shows it.
by_organization(content) := count({name |
	some _, keys in object.get(content, "Condition", {})
	some name, _ in keys
	lower(name) in {"aws:principalorgid", "aws:principalorgpaths"}
}) > 0

granted(grants, request, owner) := array.concat(seen, unseen) if {
	seen := [gift |
		some grant in grants
		said := key_grants.gives(grant, request.action, request.principal, owner)
		said != "no"
		gift := {"label": key_grants.label(grant), "word": said, "unclear": set(), "by_organization": false}
	]
	unseen := [gift |
		is_null(grants)
		gift := {"label": "the unseen grants", "word": "unknown", "unclear": set(), "by_organization": false}
	]
}
