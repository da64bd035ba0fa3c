package amiscan.testing.boot_volumes_test

import data.amiscan.testing.boot

# What the rows say is tested in boot_test.rego; here, that each says something and whose word it is.
test_rows if {
	groups := [boot.encryption, boot.lists, boot.snapshots]
	every group in groups {
		count(group) > 0
		every row in group {
			row.result in {"boots", "depends", "refused"}
			regex.match(`^([A-Z].*, .|no page states it$)`, row.source)
			row.document.kind
		}
	}
}
