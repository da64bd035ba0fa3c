package amiscan.testing.key_access_whole_test

import data.amiscan.testing.key_access as tables
import data.amiscan.testing.key_access_test as shape

test_rows if {
	count(tables.denials) > 10
	shape.faults(tables.denials, "F", shape.access) == set()
}
