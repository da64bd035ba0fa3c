package amiscan.lib.instance_types_test

import data.amiscan.lib.instance_types
import data.amiscan.testing.fixtures

test_what_a_type_says if {
	instance_types.architectures(fixtures.instance_type) == ["x86_64"]
	instance_types.boot_modes(fixtures.instance_type) == ["legacy-bios", "uefi"]
	instance_types.ena(fixtures.instance_type) == "required"
}

test_what_a_type_leaves_out if {
	instance_types.architectures({}) == []
	instance_types.boot_modes({}) == []
	instance_types.ena({}) == ""
}

test_lacks if {
	instance_types.lacks(["x86_64"], "arm64")
	not instance_types.lacks(["x86_64", "arm64"], "arm64")
	not instance_types.lacks([], "arm64")
}

test_excluded if {
	cases := [
		{"yes": [], "no": [], "excluded": false},
		{"yes": [], "no": ["t3.*"], "excluded": false},
		{"yes": [], "no": ["m7i.*"], "excluded": true},
		{"yes": [], "no": ["t3.*", "*.large"], "excluded": true},
		{"yes": ["m7i.large"], "no": [], "excluded": false},
		{"yes": ["t3.*", "m*"], "no": [], "excluded": false},
		{"yes": ["t3.*"], "no": [], "excluded": true},
		{"yes": ["m7i.*"], "no": ["*.large"], "excluded": true},
		{"yes": ["m7i"], "no": [], "excluded": true},
		{"yes": [], "no": ["m7ixlarge", "m7i.larg"], "excluded": false},
	]
	every case in cases {
		specification := {"SupportedInstanceTypes": items(case.yes), "UnsupportedInstanceTypes": items(case.no)}
		excluded(specification) == case.excluded
	}
	not excluded({})
}

default excluded(_) := false

excluded(specification) if instance_types.excluded(specification, "m7i.large")

items(patterns) := [{"InstanceType": pattern} | some pattern in patterns]
