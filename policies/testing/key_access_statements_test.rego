package amiscan.testing.key_access_statements_test

import data.amiscan.testing.key_access as tables
import data.amiscan.testing.key_access_test as shape

test_rows if {
	count(tables.rows_d) > 10
	shape.faults(tables.rows_d, "D", shape.grantable) == set()
}
