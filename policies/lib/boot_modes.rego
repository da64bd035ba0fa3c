# METADATA
# title: Boot modes of images and instance types
# description: >-
#   EC2 User Guide, "Instance launch behavior with EC2 boot modes". A type may support legacy-bios, uefi or both; types whose
#   processor is arm64 support uefi only.
# scope: package
package amiscan.lib.boot_modes

import data.amiscan.lib.boot
import data.amiscan.lib.instance_types

# wanted is the boot mode that an image needs: its own or, without one, the default of the types of its architecture.
# uefi-preferred needs none.
wanted(image) := object.get(image, "BootMode", object.get(defaults, object.get(image, "Architecture", ""), "")) if {
	not object.get(image, "BootMode", "") == "uefi-preferred"
}

# The default of x86_64 stands for i386 too. Images for Mac instances have none here.
defaults := {"arm64": "uefi", "i386": "legacy-bios", "x86_64": "legacy-bios"}

# refuses holds where a type can't boot an image.
refuses(type, image) if {
	certain(type, image)
	instance_types.lacks(instance_types.boot_modes(type), wanted(image))
}

# certain holds where it is known which boot mode the image needs.
certain(_, image) if image.BootMode

certain(type, image) if {
	by_default(type, image)
	image.Architecture == "arm64"
}

# legacy holds where a type boots an image by legacy BIOS.
legacy(_, image) if image.BootMode == "legacy-bios"

legacy(type, image) if {
	image.BootMode == "uefi-preferred"
	instance_types.lacks(instance_types.boot_modes(type), "uefi")
}

legacy(type, image) if {
	by_default(type, image)
	image.Architecture != "arm64"
	"legacy-bios" in instance_types.boot_modes(type)
}

# by_default holds where the image leaves the mode to a type that runs its architecture.
by_default(type, image) if {
	not image.BootMode
	boot.whole(image)
	defaults[image.Architecture]
	image.Architecture in instance_types.architectures(type)
}
