# METADATA
# title: Three-valued answers
# description: >-
#   An answer is "true", "false" or "unknown". Answers are combined as sets of words, so that what is not certain stays
#   so and no rule has two values.
# scope: package
package amiscan.lib.certainty

# all_of is whether all answers are true; of none, they are.
all_of(answers) := pick(["false", "unknown"], understood(answers), "true")

# any_of is whether one of the answers is true; of none, none is.
any_of(answers) := pick(["true", "unknown"], understood(answers), "false")

# negated turns an answer round.
negated(answer) := object.get({"true": "false", "false": "true"}, answer, "unknown")

# understood are the answers; any other word leaves it open.
understood(answers) := {answer | some answer in answers; answer in {"true", "false"}} | {"unknown" |
	some answer in answers
	not answer in {"true", "false"}
}

# pick is the first word of the order that is among the words, or the last resort.
pick(order, words, last_resort) := found[0] if {
	found := array.concat([word | some word in order; word in words], [last_resort])
}
