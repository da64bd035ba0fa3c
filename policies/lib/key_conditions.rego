# METADATA
# title: Whether the conditions of a key policy's statement hold for a request
# description: >-
#   All operators and keys of a Condition must hold; of the values of one key, any. Where a key is absent from a request,
#   IfExists, ForAllValues and negated operators hold and all others do not; ForAnyValue never does. What is not written
#   as lists of texts may mean anything. Answers are certainty's words.
# scope: package
package amiscan.lib.key_conditions

import data.amiscan.lib.certainty
import data.amiscan.lib.key_context
import data.amiscan.lib.key_operators
import data.amiscan.lib.key_sound
import data.amiscan.lib.key_values

# hold is whether the request meets the statement's Condition.
hold(statement, request) := certainty.all_of(odd | {answer | some [_, answer] in answered(statement, request)}) if {
	odd := {"unknown" | not key_sound.has_sound_conditions(object.get(statement, "Condition", {}))}
}

# unclear are the condition keys on which that depends and of which nothing is known.
unclear(statement, request) := {name | some [name, "unknown"] in answered(statement, request)}

answered(statement, request) := [[name, answer] |
	some operator, keys in object.get(statement, "Condition", {})
	some name, values in keys
	answer := condition(key_operators.parse(operator), values, key_context.value(lower(name), request))
]

condition(asked, values, value) := certainty.pick(["true", "false"], answers, "unknown") if {
	answers := {answer |
		are_sound(values)
		some answer in ["true", "false"]
		comes_to(answer, asked, values, value)
	}
}

are_sound(values) if {
	key_sound.are_texts(values)
	values != []
}

comes_to("true", asked, values, value) if {
	asked.test == "null"
	not is_null(value)
	says_absent(values, value)
}

comes_to("false", asked, values, value) if {
	asked.test == "null"
	not is_null(value)
	not says_absent(values, value)
}

comes_to(answer, asked, _, "") if {
	not asked.test in {"null", "odd"}
	answer == key_operators.without(asked)
}

comes_to(answer, asked, values, value) if {
	is_object(value)
	comparable(asked, value)
	found := certainty.any_of({key_values.fits(asked.test, wanted, value) | some wanted in values})
	answer == object.get({true: certainty.negated(found)}, asked.negated, found)
}

# Null: true wants the key to be absent, Null: false to be there.
says_absent(values, value) if {
	some wanted in values
	lower(wanted) == object.get({"": "true"}, value, "false")
}

# A key with many values is to be compared under ForAnyValue or ForAllValues.
comparable(asked, _) if asked.quantifier != ""

comparable(asked, value) if {
	asked.quantifier == ""
	not value.many
}
