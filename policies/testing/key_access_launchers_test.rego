package amiscan.testing.key_access_launchers_test

import data.amiscan.testing.key_access as tables
import data.amiscan.testing.key_access_test as shape

# A row names who needs the key, and what follows if that one can't use it.
wants := {row.want |
	some row in tables.rows_h
	every one in split(row.want, "; ") {
		regex.match(`^(AWSServiceRoleFor[A-Za-z0-9_]+|account [0-9]{12}|role [a-z]+|service_role not known), (closed|undecided)$`, one)
	}
}

test_rows if {
	count(tables.rows_h) > 10
	shape.faults(tables.rows_h, "H", wants) == set()
}
