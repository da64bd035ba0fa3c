package amiscan.lib.boot_modes_test

import data.amiscan.lib.boot_doubts
import data.amiscan.lib.boot_modes
import data.amiscan.testing.fixtures

image(fields) := object.union(object.remove(fixtures.image, ["BootMode"]), fields)

type(modes) := object.union(fixtures.instance_type, {
	"ProcessorInfo": {"SupportedArchitectures": ["i386", "x86_64", "arm64"]},
	"SupportedBootModes": modes,
})

test_wanted if {
	cases := {
		"uefi": {"BootMode": "uefi", "Architecture": "x86_64"},
		"legacy-bios": {"BootMode": "legacy-bios", "Architecture": "arm64"},
	}
	every mode, fields in cases {
		boot_modes.wanted(image(fields)) == mode
	}
	boot_modes.wanted(image({"Architecture": "arm64"})) == "uefi"
	boot_modes.wanted(image({"Architecture": "i386"})) == "legacy-bios"
	boot_modes.wanted(image({"Architecture": "arm64_mac"})) == ""
	not boot_modes.wanted(image({"BootMode": "uefi-preferred"}))
}

# verdict is how a type boots an image: refused, legacy, and how many doubts there are.
verdict(modes, fields) := [word |
	some word, holds in {
		"refused": boots("refused", modes, fields),
		"legacy": boots("legacy", modes, fields),
		"doubt": boot_doubts.doubts(type(modes), image(fields)) != set(),
	}
	holds
]

default boots(_, _, _) := false

boots("refused", modes, fields) if boot_modes.refuses(type(modes), image(fields))

boots("legacy", modes, fields) if boot_modes.legacy(type(modes), image(fields))

test_each_mode_on_each_type if {
	both := ["legacy-bios", "uefi"]
	cases := [
		{"fields": {"BootMode": "uefi"}, "modes": both, "want": []},
		{"fields": {"BootMode": "uefi"}, "modes": ["uefi"], "want": []},
		{"fields": {"BootMode": "uefi"}, "modes": ["legacy-bios"], "want": ["refused"]},
		{"fields": {"BootMode": "uefi"}, "modes": [], "want": ["doubt"]},
		{"fields": {"BootMode": "legacy-bios"}, "modes": both, "want": ["legacy"]},
		{"fields": {"BootMode": "legacy-bios"}, "modes": ["uefi"], "want": ["legacy", "refused"]},
		{"fields": {"BootMode": "uefi-preferred"}, "modes": both, "want": []},
		{"fields": {"BootMode": "uefi-preferred"}, "modes": ["legacy-bios"], "want": ["doubt", "legacy"]},
		{"fields": {"BootMode": "uefi-preferred"}, "modes": [], "want": ["doubt"]},
		{"fields": {"Architecture": "arm64"}, "modes": ["uefi"], "want": []},
		{"fields": {"Architecture": "arm64"}, "modes": ["legacy-bios"], "want": ["refused"]},
		{"fields": {"Architecture": "x86_64"}, "modes": both, "want": ["legacy"]},
		{"fields": {"Architecture": "i386"}, "modes": ["legacy-bios"], "want": ["legacy"]},
		{"fields": {"Architecture": "x86_64"}, "modes": ["uefi"], "want": ["doubt"]},
		{"fields": {"Architecture": "arm64_mac"}, "modes": ["uefi"], "want": []},
	]
	every case in cases {
		{word | some word in verdict(case.modes, case.fields)} == {word | some word in case.want}
	}
}
