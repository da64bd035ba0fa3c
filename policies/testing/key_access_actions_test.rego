package amiscan.testing.key_access_actions_test

import data.amiscan.testing.key_access as tables
import data.amiscan.testing.key_access_test as shape

test_rows if {
	count(tables.rows_c) > 10
	shape.faults(tables.rows_c, "C", shape.access) == set()
}
