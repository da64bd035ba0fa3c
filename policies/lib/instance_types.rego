# METADATA
# title: Instance types, as far as they decide whether an image boots
# description: >-
#   What `aws ec2 describe-instance-types` says of a type. EC2 gives these fields for every type; one that is missing was
#   cut away, so nothing follows from it.
# scope: package
package amiscan.lib.instance_types

import data.amiscan.lib.wildcards

# architectures are the CPU architectures of a type; empty where it does not say.
architectures(type) := object.get(type, ["ProcessorInfo", "SupportedArchitectures"], [])

# boot_modes are the boot modes of a type; empty where it does not say.
boot_modes(type) := object.get(type, "SupportedBootModes", [])

# lacks holds where a list of what a type supports is known and does not have the word.
lacks(supported, word) if {
	count(supported) > 0
	not word in supported
}

# ena is "required", "supported" or "unsupported"; "" where the type does not say.
ena(type) := object.get(type, ["NetworkInfo", "EnaSupport"], "")

# excluded holds where an image's InstanceTypeSpecification does not let it launch on the type of this name: the type is
# among the unsupported ones or, where there are any, not among the supported ones. In both, * stands for any text.
excluded(specification, name) if fits(specification.UnsupportedInstanceTypes, name)

excluded(specification, name) if {
	count(specification.SupportedInstanceTypes) > 0
	not fits(specification.SupportedInstanceTypes, name)
}

fits(items, name) if {
	some item in items
	wildcards.matches(item.InstanceType, name)
}
