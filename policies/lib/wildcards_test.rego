package amiscan.lib.wildcards_test

import data.amiscan.lib.wildcards

# matched are the texts of the list that fit the pattern.
matched(pattern, texts) := [text | some text in texts; wildcards.matches(pattern, text)]

test_a_star_stands_for_any_text if {
	texts := ["kms:ReEncrypt", "kms:ReEncryptTo", "kms:ReEncrypt*", "kms:reEncryptTo", "kms:Re", "xkms:ReEncryptTo"]
	matched("kms:ReEncrypt*", texts) == ["kms:ReEncrypt", "kms:ReEncryptTo", "kms:ReEncrypt*"]
}

test_a_star_reaches_over_colons_slashes_and_lines if {
	matched("a*z", ["az", "a:b/c z", "a\nz", "a\nz\n"]) == ["az", "a:b/c z", "a\nz"]
}

test_a_question_mark_stands_for_one_character if {
	matched("vol-?", ["vol-", "vol-a", "vol-ab", "vol-é"]) == ["vol-a", "vol-é"]
}

test_without_a_wildcard_the_text_is_the_same if {
	matched("kms:Decrypt", ["kms:Decrypt", "kms:decrypt", "kms:Decrypt ", "kms:DecryptX", ""]) == ["kms:Decrypt"]
	matched("", ["", "a"]) == [""]
}

test_a_star_alone_matches_everything if matched("*", ["", "a", "*"]) == ["", "a", "*"]

# What has a meaning in regular expressions only must not let another text through.
test_nothing_else_is_special if {
	every row in [
		["ec2.*.amazonaws.com", "ec2.eu-west-1.amazonaws.com", "ec2.eu-west-1xamazonaws.com"],
		["a+*", "a+b", "aab"],
		["[ab]*", "[ab]c", "ac"],
		["(a)*", "(a)b", "ab"],
		["a{2}*", "a{2}b", "aab"],
		["a|b*", "a|bc", "a"],
		["^a*", "^ab", "ab"],
		["a$*", "a$b", "a"],
		[`\d*`, `\d1`, "11"],
	] {
		matched(row[0], [row[1], row[2]]) == [row[1]]
	}
}

test_what_is_no_text_never_matches if {
	every text in [null, 1, true, ["a"], {"a": "b"}] {
		not wildcards.matches("*", text)
	}
}

role := "arn:aws:iam::111122223333:role/team/bake:1"

fitting(patterns) := [pattern | some pattern in patterns; wildcards.arn_matches(pattern, role)]

test_an_arn_fits_part_by_part if {
	right := [role, "arn:aws:iam::*:role/*", "arn:*:iam:*:1111222?3333:*", "*:*:*:*:*:*", "arn:aws:iam::111122223333:*:1"]
	wrong := [
		"arn:aws:iam::111122223333:role/team/bake",
		"arn:aws:iam::111122223333:user/*",
		"arn:aws:iam::999999999999:role/*",
		"arn:aws:sts::111122223333:*",
		"arn:aws:iam:?:111122223333:*",
	]
	fitting(array.concat(right, wrong)) == right
}

test_a_wildcard_does_not_reach_over_the_first_five_colons if {
	fitting(["arn:aws:*:role/*", "arn:*", "*", "", "arn:aws:iam::*", "*:role/team/bake:1"]) == []
}

test_what_is_no_arn_fits_no_pattern if {
	texts := ["*", "", "AROAEXAMPLEEXAMPLE12", "arn:aws:iam::111122223333", "111122223333"]
	[text | some text in texts; wildcards.arn_matches("*:*:*:*:*:*", text)] == []
}

test_literal_start_ends_before_the_first_wildcard if {
	[wildcards.literal_start(text) | some text in ["o-a/*/ou-?", "ou-?*", "*a", "", "o-a.b"]] == ["o-a/", "ou-", "", "", "o-a.b"]
}
