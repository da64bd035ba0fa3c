package amiscan.testing.key_access_conditions_operators_test

import data.amiscan.testing.key_access as tables
import data.amiscan.testing.key_access_test as shape

test_rows if {
	count(tables.on_operators) > 10
	shape.faults(tables.on_operators, "E", shape.certain) == set()
}
