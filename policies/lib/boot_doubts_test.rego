package amiscan.lib.boot_doubts_test

import data.amiscan.lib.boot_doubts
import data.amiscan.testing.fixtures

# image is one that sets no boot mode, with these fields.
image(fields) := object.union(object.remove(fixtures.image, ["BootMode"]), fields)

type(modes) := object.union(fixtures.instance_type, {
	"ProcessorInfo": {"SupportedArchitectures": ["i386", "x86_64", "arm64"]},
	"SupportedBootModes": modes,
})

silent_type := "how image ami-0a1b2c3d4e5f60718 boots is open, as m7i.large does not say which boot modes it supports"

silent_image := "image ami-0a1b2c3d4e5f60718 does not tell in which boot mode m7i.large is to boot it"

by_uefi := concat(" ", [
	"image ami-0a1b2c3d4e5f60718 sets no boot mode and m7i.large boots by UEFI only:",
	"AWS does not say whether that boots",
])

not_secure := concat(" ", [
	"image ami-0a1b2c3d4e5f60718 loses UEFI Secure Boot, if it uses that:",
	"m7i.large boots it by legacy BIOS",
])

test_type_that_does_not_tell_its_boot_modes if {
	silent := object.remove(fixtures.instance_type, ["SupportedBootModes"])
	every fields in [
		{"BootMode": "uefi"},
		{"BootMode": "legacy-bios"},
		{"BootMode": "uefi-preferred"},
		{"Architecture": "arm64"},
		{"Architecture": "x86_64"},
	] {
		boot_doubts.doubts(silent, image(fields)) == {silent_type}
		boot_doubts.doubts(type([]), image(fields)) == {silent_type}
	}
}

test_image_that_was_cut_down_does_not_tell_its_boot_mode if {
	cut := object.remove(image({}), ["Hypervisor"])
	boot_doubts.doubts(type(["legacy-bios", "uefi"]), cut) == {silent_image}
	boot_doubts.doubts(type(["uefi"]), cut) == {silent_image}
	boot_doubts.doubts(type([]), cut) == {silent_image, silent_type}
	boot_doubts.doubts(type([]), {"ImageId": fixtures.image.ImageId}) == {silent_image}
}

test_image_that_was_cut_down_but_tells_its_boot_mode if {
	cut := object.remove(image({"BootMode": "uefi"}), ["Hypervisor", "Architecture"])
	boot_doubts.doubts(type(["uefi"]), cut) == set()
	boot_doubts.doubts(type([]), cut) == {silent_type}
}

test_x86_image_without_a_boot_mode_on_a_type_that_boots_by_uefi_only if {
	every architecture in ["i386", "x86_64"] {
		boot_doubts.doubts(type(["uefi"]), image({"Architecture": architecture})) == {by_uefi}
		boot_doubts.doubts(type(["legacy-bios", "uefi"]), image({"Architecture": architecture})) == set()
	}
}

test_arm64_boots_by_uefi_without_saying_so if {
	boot_doubts.doubts(type(["uefi"]), image({"Architecture": "arm64"})) == set()
}

test_uefi_preferred_where_the_type_has_no_uefi if {
	preferred := image({"BootMode": "uefi-preferred"})
	boot_doubts.doubts(type(["legacy-bios"]), preferred) == {not_secure}
	boot_doubts.doubts(type(["legacy-bios", "uefi"]), preferred) == set()
	boot_doubts.doubts(type(["legacy-bios"]), image({"BootMode": "legacy-bios"})) == set()
}

test_what_boot_modes_do_not_decide_is_left_to_the_architecture if {
	other := object.union(fixtures.instance_type, {"SupportedBootModes": ["uefi"]})
	boot_doubts.doubts(other, image({"Architecture": "arm64"})) == set()
	boot_doubts.doubts(other, image({"Architecture": "arm64_mac"})) == set()
}
