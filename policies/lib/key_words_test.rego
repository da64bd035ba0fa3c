package amiscan.lib.key_words_test

import data.amiscan.lib.key_words
import data.amiscan.testing.key_access as tables

test_who_by_type if {
	principals := [
		tables.account("111122223333"),
		tables.role("111122223333"),
		tables.service_role("111122223333"),
		tables.organization,
		tables.ou,
	]
	[key_words.who(principal) | some principal in principals] == [
		"account 111122223333",
		"role arn:aws:iam::111122223333:role/launcher",
		sprintf("service-linked role %s", [tables.service_role_arn("111122223333")]),
		"organization o-a1b2c3d4e5",
		"organizational unit ou-ab12-cdefgh34",
	]
}

# What is not known is said, not left out; the account of a role is not its name.
test_who_is_not_known if {
	types := ["account", "role", "service_role", "organization", "ou", "guest"]
	[key_words.who({"type": type}) | some type in types] == [
		"account not known",
		"role not known",
		"service-linked role not known",
		"organization not known",
		"organizational unit not known",
		"guest not known",
	]
	key_words.who({"type": "role", "account": "111122223333"}) == "role not known"
}

test_a_list_is_in_order if {
	lists := [{"b", "c", "a"}, ["b", "a"], {"b"}, set(), []]
	[key_words.list(names) | some names in lists] == ["a, b, c", "a, b", "b", "", ""]
}

said(label, word, unclear) := {"label": label, "word": word, "unclear": unclear}

answers := [
	{
		"action": "kms:Decrypt",
		"gifts": [said("statement 1", "unknown", {"aws:SourceIp"}), said("statement 2", "allow", set())],
		"denials": [said("statement 3", "unknown", {"aws:SourceIp"})],
	},
	{
		"action": "kms:CreateGrant",
		"gifts": [said("statement 1", "unknown", {"aws:SourceVpc", "aws:SourceIp"}), said("grant g1", "delegate", set())],
		"denials": [],
	},
]

source(label, actions, unclear) := {"label": label, "actions": actions, "unclear": unclear}

test_sources_gather_actions_and_unclear_keys_by_label if {
	key_words.sources(answers, "gifts", {"unknown", "allow"}) == {
		source("statement 1", "kms:CreateGrant, kms:Decrypt", " (not seen: aws:SourceIp, aws:SourceVpc)"),
		source("statement 2", "kms:Decrypt", ""),
	}
	key_words.sources(answers, "gifts", {"delegate"}) == {source("grant g1", "kms:CreateGrant", "")}
}

test_sources_look_at_one_side if {
	denials := {source("statement 3", "kms:Decrypt", " (not seen: aws:SourceIp)")}
	key_words.sources(answers, "denials", {"unknown", "true"}) == denials
}

test_sources_of_words_that_nothing_says if {
	every words in [{"no"}, {"true"}, set()] {
		key_words.sources(answers, "gifts", words) == set()
	}
	key_words.sources([], "gifts", {"allow"}) == set()
}
