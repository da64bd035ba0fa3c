package amiscan.testing.key_access_conditions_test

import data.amiscan.testing.key_access as tables
import data.amiscan.testing.key_access_test as shape

test_rows if {
	count(tables.on_kms_keys) > 10
	shape.faults(tables.on_kms_keys, "E", shape.certain) == set()
}
