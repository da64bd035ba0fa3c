package amiscan.testing.key_access_whole_odd_test

import data.amiscan.testing.key_access as tables
import data.amiscan.testing.key_access_test as shape

test_rows if {
	count(tables.unreadable) > 10
	shape.faults(tables.unreadable, "F", (shape.access | shape.grantable)) == set()
}
