package amiscan.testing.key_access_whole_sources_test

import data.amiscan.testing.key_access as tables
import data.amiscan.testing.key_access_test as shape

test_rows if {
	count(tables.sources) > 10
	shape.faults(tables.sources, "F", shape.access) == set()
}
