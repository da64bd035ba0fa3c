package amiscan.testing.key_access_keys_test

import data.amiscan.testing.key_access as tables
import data.amiscan.testing.key_access_test as shape

test_rows if {
	count(tables.rows_b) > 10
	shape.faults(tables.rows_b, "B", shape.access) == set()
}
