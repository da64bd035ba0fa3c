package amiscan.launch.lt_boot_mode_mismatch_test

import data.amiscan.launch.lt_boot_mode_mismatch as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

boots_by(modes) := {"SupportedBootModes": modes}

said(text) := sprintf("version 3 of launch template web: %s", [text])

finding(boot_mode, mode, modes) := {
	"msg": said(sprintf("image ami-0a1b2c3d4e5f60718 boots by %s, which m7i.large does not: the launch fails", [mode])),
	"subject": "3",
	"evidence": {
		"ImageId": "ami-0a1b2c3d4e5f60718",
		"BootMode": boot_mode,
		"InstanceType": "m7i.large",
		"SupportedBootModes": modes,
	},
}

test_fail_mode_that_the_type_lacks if {
	cases := {"uefi": ["legacy-bios"], "legacy-bios": ["uefi"]}
	every mode, modes in cases {
		document := boot.document({"image": {"BootMode": mode}, "type": boots_by(modes)})
		policy.violation == {finding(mode, mode, modes)} with input as document
		policy.undecided == set() with input as document
	}
}

test_fail_default_of_arm64_that_the_type_lacks if {
	document := boot.document({
		"image": {"Architecture": "arm64"},
		"cut": ["BootMode"],
		"type": {"ProcessorInfo": {"SupportedArchitectures": ["arm64"]}, "SupportedBootModes": ["legacy-bios"]},
	})
	policy.violation == {finding("", "uefi", ["legacy-bios"])} with input as document
	policy.undecided == set() with input as document
}

test_pass_modes_that_fit if {
	silent({})
	silent({"image": {"BootMode": "uefi"}, "type": boots_by(["uefi"])})
	silent({"image": {"BootMode": "legacy-bios"}, "type": boots_by(["legacy-bios"])})
	silent({"cut": ["BootMode"]})
	silent({"cut": ["BootMode"], "type": boots_by(["legacy-bios"])})
}

test_near_not_judged if {
	# Of another architecture: lt-arch-mismatch speaks.
	silent({"image": {"Architecture": "arm64"}, "cut": ["BootMode"], "type": boots_by(["legacy-bios"])})
	silent({"image": {"Architecture": "arm64_mac"}, "cut": ["BootMode"], "type": boots_by([])})
	silent({"image": {"BootMode": "uefi", "State": "disabled"}, "type": boots_by(["legacy-bios"])})
	silent({"image": {"BootMode": "uefi"}, "type": {"InstanceType": "t2.micro", "SupportedBootModes": ["legacy-bios"]}})
	silent({"facts": {"launches": [object.remove(fixtures.launch, ["instance_type"])]}})
	silent({"image": {"BootMode": "legacy-bios"}, "launch": {"zones": ["eu-west-1-lcy-1a"]}})
}

test_undecided if {
	cases := [
		{
			"case": {"type": boots_by(["legacy-bios"])},
			"msg": concat(" ", [
				"image ami-0a1b2c3d4e5f60718 loses UEFI Secure Boot, if it uses that:",
				"m7i.large boots it by legacy BIOS",
			]),
		},
		{
			"case": {"cut": ["BootMode"], "type": boots_by(["uefi"])},
			"msg": concat(" ", [
				"image ami-0a1b2c3d4e5f60718 sets no boot mode and m7i.large boots by UEFI only:",
				"AWS does not say whether that boots",
			]),
		},
		{
			"case": {"cut": ["BootMode", "Hypervisor"]},
			"msg": "image ami-0a1b2c3d4e5f60718 does not tell in which boot mode m7i.large is to boot it",
		},
		{
			"case": {"type": boots_by([])},
			"msg": concat(" ", [
				"how image ami-0a1b2c3d4e5f60718 boots is open,",
				"as m7i.large does not say which boot modes it supports",
			]),
		},
		{
			"case": {"cut": ["BootMode"], "type": boots_by([])},
			"msg": concat(" ", [
				"how image ami-0a1b2c3d4e5f60718 boots is open,",
				"as m7i.large does not say which boot modes it supports",
			]),
		},
		{
			"case": {"launch": {"zones": ["eu-west-1a", "us-east-1-wl1-bos-wlz-1"]}},
			"msg": "image ami-0a1b2c3d4e5f60718 boots by UEFI, which AWS does not promise in us-east-1-wl1-bos-wlz-1",
		},
	]
	every row in cases {
		document := boot.document(row.case)
		policy.violation == set() with input as document
		policy.undecided == {{"msg": said(row.msg), "subject": "3"}} with input as document
	}
}

test_undecided_without_a_type if {
	every mode in ["uefi", "legacy-bios"] {
		document := boot.document({"facts": {
			"launches": [object.remove(fixtures.launch, ["instance_type"])],
			"images": [object.union(fixtures.image, {"BootMode": mode})],
		}})
		policy.violation == set() with input as document
		policy.undecided == {{
			"msg": said(sprintf("it names no instance type, so whether it boots image %s by %s is not known before it launches", [
				fixtures.image.ImageId,
				mode,
			])),
			"subject": "3",
		}} with input as document
	}
}

silent(case) if {
	policy.violation == set() with input as boot.document(case)
	policy.undecided == set() with input as boot.document(case)
}
