package amiscan.lib.key_members_test

import data.amiscan.lib.key_members
import data.amiscan.testing.key_access as tables

third := "777788889999"

# judged is an organization with these accounts under a key policy with these statements.
judged(accounts, statements) := key_members.judge(tables.key, tables.policy(statements), [], principal, "source") if {
	principal := object.union(tables.organization, {"accounts": accounts})
}

named(ids) := tables.allow({"AWS": ids}, tables.use_actions)

test_all_accounts_are_named if {
	judged([tables.recipient, third], [named([tables.recipient, third])]) == {
		"access": "delegated",
		"final": false,
		"reasons": ["the key is open to 2 of the 2 accounts of organization o-a1b2c3d4e5"],
	}
}

test_the_own_account_needs_no_statement_of_its_own if {
	judged([tables.owner, third], [tables.default_statement, named([third])]).access == "delegated"
}

test_some_accounts_are_named if {
	judged([third, tables.recipient, "888899990000"], [named([tables.recipient])]) == {
		"access": "closed",
		"final": false,
		"reasons": [concat(" ", [
			"the key is open to 1 of the 3 accounts of organization o-a1b2c3d4e5,",
			"closed to 777788889999, 888899990000",
		])],
	}
}

test_an_account_is_undecided if {
	statements := [named([third]), tables.on_condition(
		named([tables.recipient]),
		{"StringEquals": {"aws:PrincipalTag/team": ["web"]}},
	)]
	judged([third, tables.recipient], statements) == {
		"access": "undecided",
		"final": false,
		"reasons": ["the key is open to 1 of the 2 accounts of organization o-a1b2c3d4e5"],
	}
}

test_without_accounts_one_that_is_named_says_nothing_of_the_others if {
	result := judged([], [named([tables.recipient])])
	result.access == "undecided"
	startswith(result.reasons[0], "statement 1 may or may not allow")
}

test_open_to_the_whole_is_not_counted if {
	judged([third], [named(["*"])]) == {
		"access": "delegated",
		"final": false,
		"reasons": [sprintf("key %s is open to organization o-a1b2c3d4e5 by statement 1", [tables.key.Arn])],
	}
}

test_what_is_final_is_not_counted if {
	result := judged([third], [named(["*"]), tables.deny({"AWS": ["*"]}, ["kms:*"])])
	result.access == "closed"
	result.final
}
