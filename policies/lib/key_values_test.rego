package amiscan.lib.key_values_test

import data.amiscan.lib.key_values

# told are the answers of one test to each of the wanted values.
told(test, wanted, value) := [key_values.fits(test, one, value) | some one in wanted]

test_whole_texts if {
	wanted := ["Web", "web", "We", "W*", ""]
	value := {"text": "Web"}
	told("equals", wanted, value) == ["true", "false", "false", "false", "false"]
	told("alike", wanted, value) == ["true", "true", "false", "false", "false"]
	told("like", wanted, value) == ["true", "false", "false", "true", "false"]
	told("bool", ["True", "false", "yes"], {"text": "true"}) == ["true", "false", "false"]
}

test_arns if {
	wanted := ["arn:aws:iam::*:role/b*", "arn:aws:iam::*:user/*", "arn:aws:*:role/bake", "arn:aws:iam::111122223333:role/bake"]
	told("arn", wanted, {"text": "arn:aws:iam::111122223333:role/bake"}) == ["true", "false", "false", "true"]
}

test_the_beginning_of_a_text_is_not_the_text if {
	value := {"begins": "o-a/r-b/", "ou": ""}
	wanted := ["o-a/r-b/", "o-a/r-b/ou-c/", "o-a/", "o-z/r-b/", "o-a/*/"]
	told("equals", wanted, value) == ["unknown", "unknown", "false", "false", "false"]
}

test_a_pattern_fits_every_text_that_so_begins_or_none if {
	value := {"begins": "o-a/r-b/", "ou": ""}
	fitting := ["o-a/*", "*", "o-?/r-b/*", "o-a/r-b/*"]
	told("like", fitting, value) == ["true", "true", "true", "true"]
	open := ["o-a/r-b/ou-c/*", "o-a/*/", "*/r-b/", "*/r-z/*", "o-a/r-b/", "o-a/r-b/ou-c/"]
	told("like", open, value) == ["unknown", "unknown", "unknown", "unknown", "unknown", "unknown"]
	apart := ["o-z/*", "o-a/r-z/*", "o-a/", "o-z?"]
	told("like", apart, value) == ["false", "false", "false", "false"]
}

test_an_ou_is_met_wherever_it_is if {
	value := {"begins": "o-a/r-b/", "ou": "ou-b-1"}
	told("like", ["o-a/*/ou-b-1/*", "*/ou-b-1/*"], value) == ["true", "true"]
	near := ["o-a/*/ou-b-2/*", "o-a/*/ou-b-1/", "o-a/*/ou-b-1", "o-a/r-b/*/ou-b-1/*", "o-?/*/ou-b-1/*", "o-a/*/ou-b-1/ou-b-2/*"]
	told("like", near, value) == ["unknown", "unknown", "unknown", "unknown", "unknown", "unknown"]
	told("like", ["o-z/*/ou-b-1/*"], value) == ["false"]
	told("like", ["o-a/*/ou-b-1/*"], {"begins": "o-a/r-b/"}) == ["unknown"]
}

# The root's own members stand at o-a/r-b/: an OU without an id must not be met by a pattern with an empty part.
test_no_ou_is_none if told("like", ["o-a/*//*"], {"begins": "o-a/r-b/", "ou": ""}) == ["unknown"]

test_other_tests_of_a_beginning_are_open if {
	every test in ["alike", "arn", "bool", "other", "odd", "null"] {
		told(test, ["o-z/", "o-a/r-b/*"], {"begins": "o-a/r-b/"}) == ["unknown", "unknown"]
	}
}

test_a_volume_to_come_has_no_id_that_can_be_written_out if {
	value := {"volume": true}
	wanted := ["vol-0a1b2c", "vol-*", "vol-0a1b2?", "*", "snap-0a1b2c", "vol-", "vol-0a1b2cz", "VOL-0a1b2c"]
	answers := ["false", "unknown", "unknown", "unknown", "unknown", "unknown", "unknown", "unknown"]
	told("equals", wanted, value) == answers
	told("like", wanted, value) == answers
	told("alike", ["vol-0a1b2c"], value) == ["unknown"]
}

test_a_policy_variable_is_open if {
	wanted := ["${aws:PrincipalAccount}", "a${*}", "a*${", "a$", "a{*"]
	told("like", wanted, {"text": "a"}) == ["unknown", "unknown", "unknown", "false", "false"]
	told("equals", ["a${*}"], {"begins": "b"}) == ["unknown"]
}

test_what_is_not_compared_is_open if {
	told("other", ["10", "a"], {"text": "10"}) == ["unknown", "unknown"]
	told("odd", ["10"], {"text": "10"}) == ["unknown"]
	odd := ["", null, {}, "a", {"many": true}]
	{answer | some value in odd; answer := key_values.fits("equals", "a", value)} == {"unknown"}
	{answer | some value in odd; answer := key_values.fits("like", "vol-0a1b2c", value)} == {"unknown"}
	known := [{"text": "a"}, {"begins": "a"}, {"volume": true}]
	{answer | some value in known; some wanted in [null, 7, []]; some answer in told("equals", [wanted], value)} == {"unknown"}
}
