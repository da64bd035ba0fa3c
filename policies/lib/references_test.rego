package amiscan.lib.references_test

import data.amiscan.lib.references

launched(kind, edge, fields) := object.union(
	{"kind": kind, "id": "x", "name": "web", "edge": edge, "subject": "m5.large", "version": 0},
	fields,
)

template := launched("launch_template", "latest", {"id": "lt-1", "version": 3, "template_id": "lt-1"})

pinned := launched("auto_scaling_group", "pinned", {"version": 2, "template_id": "lt-1"})

test_named_besides if {
	every reference in [
		pinned,
		launched("ec2_fleet", "override", {}),
		launched("launch_configuration", "direct", {}),
		launched("spot_fleet", "direct", {}),
	] {
		references.named_besides(reference)
	}
}

test_not_named_besides if {
	every reference in [
		template,
		launched("launch_template", "override", {}),
		launched("auto_scaling_group", "default", {}),
		launched("ec2_fleet", "latest", {}),
		launched("auto_scaling_group", "direct", {}),
		launched("instance", "direct", {}),
	] {
		not references.named_besides(reference)
	}
}

test_template if {
	references.template_label(template) == "version 3 of launch template \"web\""
	references.template_subject(template) == "lt-1:3"
}

test_label if {
	references.label(pinned) == "Auto Scaling group \"web\", with version 2 of lt-1,"
	references.label(launched("launch_configuration", "direct", {})) == "launch configuration \"web\""
}

test_subject if {
	references.subject(pinned) == "auto_scaling_group x, with version 2 of lt-1"
	references.subject(launched("launch_configuration", "direct", {})) == "launch_configuration x"
}

test_shown if references.shown(pinned) == object.remove(pinned, ["subject"])
