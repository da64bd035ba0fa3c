# METADATA
# title: Whether all of an organization or OU can use a KMS key
# description: >-
#   A principal of type organization or ou may have accounts: the ids of all that belong to it, as far as the organization's
#   tree is known. Where no statement opens the key to the whole, each account is judged on its own.
# scope: package
package amiscan.lib.key_members

import data.amiscan.lib.certainty
import data.amiscan.lib.key_access
import data.amiscan.lib.key_words

# judge is key_access.judge, with the accounts counted where that tells more.
judge(key, policy, grants, principal, use) := array.concat(counted, [whole])[0] if {
	whole := key_access.judge(key, policy, grants, principal, use)
	counted := [object.union(count_of(answers, principal), {"final": false}) |
		whole.access in {"closed", "undecided"}
		not whole.final
		accounts := object.get(principal, "accounts", [])
		count(accounts) > 0
		answers := [[id, key_access.judge(key, policy, grants, member(principal, id), use).access] | some id in accounts]
	]
}

member(principal, id) := object.union(
	object.filter(principal, {"partition", "region", "organization"}),
	{"type": "account", "account": id},
)

count_of(answers, principal) := {"access": access, "reasons": [reason]} if {
	access := certainty.pick(["closed", "undecided"], {word | some [_, word] in answers}, "delegated")
	able := {id | some [id, word] in answers; word in {"allowed", "delegated"}}
	unable := {id | some [id, "closed"] in answers}
	shut := concat("", [text | count(unable) > 0; text := sprintf(", closed to %s", [key_words.list(unable)])])
	reason := sprintf(
		"the key is open to %d of the %d accounts of %s%s",
		[count(able), count(answers), key_words.who(principal), shut],
	)
}
