# METADATA
# title: What launches an image
# description: >-
#   A reference is one way in which a launcher comes by an image. Launchers that take it from a default or latest template
#   version, or a group from its launch configuration, have it named there already.
# scope: package
package amiscan.lib.references

# template_label says in a message which version of a launch template names the image.
template_label(reference) := sprintf("version %d of launch template %q", [reference.version, reference.name])

template_subject(reference) := sprintf("%s:%d", [reference.id, reference.version])

# named_besides holds for a launcher other than a template whose image is not named at what it launches from.
named_besides(reference) if {
	launchers[reference.kind]
	not told_elsewhere(reference)
}

launchers := {
	"auto_scaling_group": "Auto Scaling group",
	"ec2_fleet": "EC2 Fleet",
	"launch_configuration": "launch configuration",
	"spot_fleet": "Spot Fleet",
}

told_elsewhere(reference) if reference.edge in {"default", "latest"}

told_elsewhere(reference) if {
	reference.kind == "auto_scaling_group"
	reference.edge == "direct"
}

# label says in a message which launcher other than a template names the image.
label(reference) := sprintf("%s %q%s", [object.get(launchers, reference.kind, ""), reference.name, source(reference)])

subject(reference) := trim_suffix(sprintf("%s %s%s", [reference.kind, reference.id, source(reference)]), ",")

source(reference) := concat("", [sprintf(", with version %d of %s,", [reference.version, id]) | id := reference.template_id])

# shown is its reference as evidence: one for all overrides of a group over one version.
shown(reference) := object.remove(reference, ["subject"])
