package amiscan.lib.launch_names_test

import data.amiscan.lib.launch_names
import data.amiscan.testing.fixtures

test_names if {
	cases := {
		"version 3 of launch template web": fixtures.launch,
		"override m7i.large of version 3 of launch template web": object.union(
			fixtures.launch,
			{"override": true, "subject": "m7i.large"},
		),
		"version 3 of launch template lt-0d0d0d0d0d0d0d0d0": object.remove(fixtures.launch, ["template_name"]),
		"the launch": {"subject": "", "override": false},
		"the launch m5.large": {"subject": "m5.large", "override": false},
		"override m5.large": {"subject": "m5.large", "override": true, "missing": "template"},
	}
	every name, launch in cases {
		launch_names.name(launch) == name
	}
}
