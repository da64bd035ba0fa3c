package amiscan.lib.certainty_test

import data.amiscan.lib.certainty

test_all_of_is_as_good_as_the_worst_answer if {
	every row in [
		[{"true"}, "true"],
		[{"true", "unknown"}, "unknown"],
		[{"unknown"}, "unknown"],
		[{"true", "false"}, "false"],
		[{"unknown", "false"}, "false"],
		[{"true", "unknown", "false"}, "false"],
	] {
		certainty.all_of(row[0]) == row[1]
	}
}

test_any_of_is_as_good_as_the_best_answer if {
	every row in [
		[{"false"}, "false"],
		[{"false", "unknown"}, "unknown"],
		[{"unknown"}, "unknown"],
		[{"false", "true"}, "true"],
		[{"unknown", "true"}, "true"],
		[{"false", "unknown", "true"}, "true"],
	] {
		certainty.any_of(row[0]) == row[1]
	}
}

test_words_that_are_no_answers_are_unknown if every word in ["no", "True", "", null, true, ["true"]] {
	[certainty.all_of([word]), certainty.any_of([word])] == ["unknown", "unknown"]
	[certainty.all_of({"false", word}), certainty.any_of({"true", word})] == ["false", "true"]
}

test_of_no_answers_all_are_true_and_none_is if {
	[certainty.all_of(set()), certainty.any_of(set())] == ["true", "false"]
}

test_answers_may_be_a_list if {
	[certainty.all_of(["true", "unknown"]), certainty.any_of(["false", "unknown"])] == ["unknown", "unknown"]
}

test_negated_turns_only_what_is_certain if {
	answers := ["true", "false", "unknown", "allow", "", null, true]
	[certainty.negated(answer) | some answer in answers] == [
		"false",
		"true",
		"unknown",
		"unknown",
		"unknown",
		"unknown",
		"unknown",
	]
}

test_pick_follows_the_order_not_the_words if {
	words := ["delegate", "unknown", "allow"]
	certainty.pick(["allow", "delegate", "unknown"], words, "no") == "allow"
	certainty.pick(["unknown", "allow", "delegate"], words, "no") == "unknown"
}

test_pick_falls_back_where_no_word_is_in_the_order if {
	every words in [set(), [], {"perhaps"}, {"True"}, {true}, {null}] {
		certainty.pick(["true", "false"], words, "unknown") == "unknown"
	}
}

# Two answers at once must not make a rule with two values: the order decides.
test_contradicting_words_have_one_answer if {
	certainty.pick(["true", "false"], {"false", "true"}, "unknown") == "true"
}
