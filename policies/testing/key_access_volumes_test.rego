package amiscan.testing.key_access_volumes_test

import data.amiscan.testing.key_access as tables
import data.amiscan.testing.key_access_test as shape

volumes := {"launch refused"} | {sprintf("%s; volume %s", [source, place]) |
	some source in ["no source key", "source key"]
	some place in ["in the clear", "under the default key", "under the named key", "under the source key"]
}

test_rows if {
	count(tables.rows_a) > 10
	shape.faults(tables.rows_a, "A", volumes) == set()
}
