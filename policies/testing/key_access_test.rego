package amiscan.testing.key_access_test

import data.amiscan.testing.key_access as tables

# What the tables say is tested in lib/key_access_test.rego. Here, and beside each part, is tested that the rows are such that
# a test can go over them: a row that stands in no table, or under a word that no verdict is, would prove nothing.
access := {"allowed", "closed", "delegated", "undecided"}

grantable := {"allow", "delegate", "no", "unknown"}

certain := {"false", "true", "unknown"}

# faults are what is wrong with rows that are to be of one table and to want these words.
faults(rows, table, words) := {[row.row, fault] |
	some row in rows
	some fault in ((misplaced(row, table) | unfounded(row)) | unheard(row, words))
}

misplaced(row, table) := {"stands in another table" | row.table != table}

unfounded(row) := {"names no source" | not regex.match(`^[A-Z].*, .`, row.source)}

unheard(row, words) := {"wants a word that is no verdict" | not row.want in words}

test_faults_are_found if {
	row := tables.row("A", "a case", "somewhere", {}, "perhaps")
	faults([row], "B", access) == {
		["a case", "names no source"],
		["a case", "stands in another table"],
		["a case", "wants a word that is no verdict"],
	}
}

test_rows_are_told_apart if {
	every row in tables.rows {
		count([1 | some other in tables.rows; other.table == row.table; other.row == row.row]) == 1
	}
}

test_every_table_has_rows if {
	{row.table | some row in tables.rows} == {"A", "B", "C", "D", "E", "F", "G", "H"}
}
