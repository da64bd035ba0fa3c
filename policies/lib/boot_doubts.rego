# METADATA
# title: How an instance type boots an image, where that is not certain
# scope: package
package amiscan.lib.boot_doubts

import data.amiscan.lib.boot
import data.amiscan.lib.boot_modes
import data.amiscan.lib.instance_types

# doubts are what cannot be decided of a type and an image.
doubts(type, image) := {sprintf(text, [image.ImageId, type.InstanceType]) |
	some cause, text in {
		"silent type": "how image %s boots is open, as %s does not say which boot modes it supports",
		"silent image": "image %s does not tell in which boot mode %s is to boot it",
		"x86 by uefi": "image %s sets no boot mode and %s boots by UEFI only: AWS does not say whether that boots",
		"no secure boot": "image %s loses UEFI Secure Boot, if it uses that: %s boots it by legacy BIOS",
	}
	holds(cause, type, image)
}

holds("silent type", type, image) if {
	wants_any(image)
	instance_types.boot_modes(type) == []
}

holds("silent image", _, image) if {
	not image.BootMode
	not boot.whole(image)
}

holds("x86 by uefi", type, image) if {
	boot_modes.by_default(type, image)
	image.Architecture != "arm64"
	instance_types.lacks(instance_types.boot_modes(type), "legacy-bios")
}

holds("no secure boot", type, image) if {
	image.BootMode == "uefi-preferred"
	boot_modes.legacy(type, image)
}

wants_any(image) if image.BootMode

wants_any(image) if boot_modes.defaults[image.Architecture]
