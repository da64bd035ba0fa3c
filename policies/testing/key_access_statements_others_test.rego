package amiscan.testing.key_access_statements_others_test

import data.amiscan.testing.key_access as tables
import data.amiscan.testing.key_access_test as shape

test_rows if {
	count(tables.of_others) > 10
	shape.faults(tables.of_others, "D", shape.grantable) == set()
}
