# METADATA
# title: Words for principals, statements and actions
# scope: package
package amiscan.lib.key_words

# who is a principal in words.
who(principal) := sprintf("%v %v", [
	object.get({"service_role": "service-linked role", "ou": "organizational unit"}, principal.type, principal.type),
	object.get(principal, object.get({"role": "arn", "service_role": "arn"}, principal.type, principal.type), "not known"),
])

# list is names in order, with commas.
list(names) := concat(", ", sort(names))

# sources are the statements and grants that say one of the words of an action: label, actions and, in brackets, the
# condition keys that cannot be judged. side is "gifts" or "denials".
sources(answers, side, words) := {source |
	found := {[said.label, answer.action, said.unclear] |
		some answer in answers
		some said in answer[side]
		said.word in words
	}
	some label in {label | some [label, _, _] in found}
	source := {
		"label": label,
		"actions": list({action | some [other, action, _] in found; other == label}),
		"unclear": brackets({key | some [other, _, keys] in found; other == label; some key in keys}),
	}
}

brackets(keys) := concat("", [text |
	count(keys) > 0
	text := sprintf(" (not seen: %s)", [list(keys)])
])
