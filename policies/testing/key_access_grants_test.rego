package amiscan.testing.key_access_grants_test

import data.amiscan.testing.key_access as tables
import data.amiscan.testing.key_access_test as shape

test_rows if {
	count(tables.rows_g) > 10
	shape.faults(tables.rows_g, "G", shape.access) == set()
}
