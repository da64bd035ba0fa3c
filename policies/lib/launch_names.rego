# METADATA
# title: What people call a launch
# scope: package
package amiscan.lib.launch_names

# name is what people call a launch: its override, its specification, its template version.
name(launch) := concat(" of ", [part |
	some part in [override(launch), template(launch), other(launch)]
	part != ""
])

default override(_) := ""

override(launch) := sprintf("override %s", [launch.subject]) if launch.override

default template(_) := ""

template(launch) := sprintf("version %d of launch template %s", [
	launch.version,
	object.get(launch, "template_name", launch.template_id),
])

default other(_) := ""

other(launch) := concat(" ", [word |
	some word in ["the launch", object.get(launch, "subject", "")]
	word != ""
]) if {
	not launch.version
	not launch.override
}
