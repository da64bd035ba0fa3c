# METADATA
# title: Comparing a condition's value with a request's
# description: >-
#   The value of a request is what key_context says of it. Of a text that is only known to begin with something, only what
#   holds, or fails, for every such text is certain. A policy variable (${…}) in a condition makes it unknown.
# scope: package
package amiscan.lib.key_values

import data.amiscan.lib.certainty
import data.amiscan.lib.wildcards

# fits is whether the wanted value is the request's, by the operator's test.
fits(test, wanted, value) := certainty.pick(["true", "false"], answers, "unknown") if {
	answers := {answer |
		is_string(wanted)
		some answer in ["true", "false"]
		not contains(wanted, "${")
		fit(answer, test, wanted, value)
	}
}

fit("true", test, wanted, value) if same(test, wanted, value.text)

fit("false", test, wanted, value) if {
	test in {"equals", "alike", "like", "arn", "bool"}
	text := value.text
	not same(test, wanted, text)
}

# A pattern that ends in * and has the beginning has whatever may follow.
fit("true", "like", wanted, value) if {
	endswith(wanted, "*")
	wildcards.matches(wanted, value.begins)
}

# The OU's id at the end of a pattern such as o-ORGANIZATION/*/OU/* has it wherever the OU is.
fit("true", "like", wanted, value) if {
	value.ou != ""
	end := sprintf("*/%s/*", [value.ou])
	endswith(wanted, end)
	start := trim_suffix(wanted, end)
	not wildcards.has_wildcard(start)
	startswith(trim_suffix(value.begins, "/"), start)
}

fit("false", "like", wanted, value) if {
	wildcards.has_wildcard(wanted)
	start := wildcards.literal_start(wanted)
	begins := value.begins
	not startswith(start, begins)
	not startswith(begins, start)
}

fit("false", test, wanted, value) if {
	test in {"equals", "like"}
	begins := value.begins
	not is_pattern(test, wanted)
	not startswith(wanted, begins)
}

# The volume is not made yet, so no id that is written out is its own.
fit("false", test, wanted, value) if {
	test in {"equals", "like"}
	value.volume
	regex.match(`^vol-[0-9a-f]+$`, wanted)
}

is_pattern("like", wanted) if wildcards.has_wildcard(wanted)

same("equals", wanted, text) if wanted == text

same("alike", wanted, text) if lower(wanted) == lower(text)

same("bool", wanted, text) if lower(wanted) == lower(text)

same("like", wanted, text) if wildcards.matches(wanted, text)

same("arn", wanted, text) if wildcards.arn_matches(wanted, text)
