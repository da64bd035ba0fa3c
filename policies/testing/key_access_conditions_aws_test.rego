package amiscan.testing.key_access_conditions_aws_test

import data.amiscan.testing.key_access as tables
import data.amiscan.testing.key_access_test as shape

test_rows if {
	count(tables.on_aws_keys) > 10
	shape.faults(tables.on_aws_keys, "E", shape.certain) == set()
}
