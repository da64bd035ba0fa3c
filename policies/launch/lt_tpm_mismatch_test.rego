package amiscan.launch.lt_tpm_mismatch_test

import data.amiscan.launch.lt_tpm_mismatch as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

tpm := {"BootMode": "uefi", "TpmSupport": "v2.0"}

said(text) := sprintf("version 3 of launch template web: %s", [text])

finding(obstacle) := {
	"msg": said(sprintf("image ami-0a1b2c3d4e5f60718 needs a NitroTPM, but %s: the launch fails", [obstacle])),
	"subject": "3",
	"evidence": {"ImageId": "ami-0a1b2c3d4e5f60718", "TpmSupport": "v2.0", "InstanceType": "m7i.large"},
}

test_fail_type_without_a_tpm if {
	fails({"image": tpm, "type": {"NitroTpmSupport": "unsupported"}}, "m7i.large has none")
}

test_fail_legacy_bios if {
	fails({"image": object.union(tpm, {"BootMode": "legacy-bios"})}, "m7i.large boots it by legacy BIOS")
	fails({"image": {"TpmSupport": "v2.0"}, "cut": ["BootMode"]}, "m7i.large boots it by legacy BIOS")
	fails(
		{"image": {"TpmSupport": "v2.0"}, "type": {"SupportedBootModes": ["legacy-bios"]}},
		"m7i.large boots it by legacy BIOS",
	)
	fails(
		{"image": {"TpmSupport": "v2.0"}, "type": {"SupportedBootModes": ["legacy-bios"], "NitroTpmSupport": "unsupported"}},
		"m7i.large boots it by legacy BIOS and m7i.large has none",
	)
}

test_fail_in_a_local_zone if {
	document := boot.document({"image": tpm, "launch": {"zones": ["eu-west-1a", "eu-west-1-lcy-1a"]}})
	policy.violation == {{
		"msg": said(concat(" ", [
			"image ami-0a1b2c3d4e5f60718 needs a NitroTPM, and there is none in eu-west-1-lcy-1a:",
			"the launch fails",
		])),
		"subject": "3 eu-west-1-lcy-1a",
		"evidence": {"ImageId": "ami-0a1b2c3d4e5f60718", "TpmSupport": "v2.0", "place": "eu-west-1-lcy-1a"},
	}} with input as document
	policy.undecided == set() with input as document
}

test_pass_uefi_on_a_type_with_a_tpm if silent({"image": tpm})

test_near_not_judged if {
	silent({"type": {"NitroTpmSupport": "unsupported"}, "launch": {"zones": ["eu-west-1-lcy-1a"]}})
	silent({"image": object.union(tpm, {"State": "disabled"}), "type": {"NitroTpmSupport": "unsupported"}})
	silent({"image": tpm, "type": {"NitroTpmSupport": "unsupported", "InstanceType": "t2.micro"}})
	silent({"facts": {"launches": [object.remove(fixtures.launch, ["instance_type"])]}})
}

test_undecided_where_uefi_or_tpm_is_not_certain if {
	cases := [
		{"image": {"TpmSupport": "v2.0"}},
		{"image": tpm, "type": {"NitroTpmSupport": ""}},
		{"image": {"TpmSupport": "v2.0"}, "cut": ["BootMode"], "type": {"SupportedBootModes": ["uefi"]}},
	]
	every case in cases {
		policy.violation == set() with input as boot.document(case)
		policy.undecided == {{
			"msg": said("it can't be told whether m7i.large gives image ami-0a1b2c3d4e5f60718 its NitroTPM by UEFI"),
			"subject": "3",
		}} with input as boot.document(case)
	}
}

test_undecided_without_a_type if {
	document := boot.document({"facts": {
		"launches": [object.remove(fixtures.launch, ["instance_type"])],
		"images": [object.union(fixtures.image, tpm)],
	}})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": said(concat(" ", [
			"it names no instance type, so whether it has the NitroTPM that image ami-0a1b2c3d4e5f60718 needs",
			"is not known before it launches",
		])),
		"subject": "3",
	}} with input as document
}

fails(case, obstacle) if {
	policy.violation == {finding(obstacle)} with input as boot.document(case)
	policy.undecided == set() with input as boot.document(case)
}

silent(case) if {
	policy.violation == set() with input as boot.document(case)
	policy.undecided == set() with input as boot.document(case)
}
