package amiscan.testing.boot

# The image against the machine: architecture, virtualization, boot mode, TPM and ENA.

architectures := [
	case("Architecture x86_64", "supports x86_64", "boots", api, "", {}),
	case("Architecture arm64", "supports x86_64 only", "refused", api, arch, {"image": {"Architecture": "arm64"}}),
	case("Architecture x86_64", "supports arm64 only", "refused", api, arch, {"type": graviton}),
	case("Architecture i386", "supports i386 and x86_64", "boots", api, "", {
		"image": {"Architecture": "i386"},
		"type": runs(["i386", "x86_64"]),
	}),
	case("Architecture i386", "supports x86_64 only", "refused", api, arch, {"image": {"Architecture": "i386"}}),
	case("Architecture x86_64_mac", "mac1, on a Dedicated Host", "boots", api, "", {
		"image": {"Architecture": "x86_64_mac"},
		"cut": ["BootMode"],
		"type": mac1,
		"launch": on_host,
	}),
	case("Architecture x86_64_mac", "mac2, on a Dedicated Host", "refused", api, arch, {
		"image": {"Architecture": "x86_64_mac"},
		"cut": ["BootMode"],
		"type": mac2,
		"launch": on_host,
	}),
	case("Architecture arm64_mac", "mac2, on a Dedicated Host", "boots", api, "", {
		"image": {"Architecture": "arm64_mac"},
		"cut": ["BootMode"],
		"type": mac2,
		"launch": on_host,
	}),
	case("any Architecture", "does not say its architectures", "depends", api, arch, {"type": runs([])}),
	case(any, "chosen by InstanceRequirements", "depends", "EC2 API Reference, InstanceRequirements", arch, {"facts": without_type}),
	case(any, "not named: the caller chooses", "depends", "EC2 API Reference, RunInstances", arch, {"facts": unnamed_type}),
	case(any, "not in the Region", "refused", "EC2 API Reference, DescribeInstanceTypes", "launch/lt-type-unknown", {"facts": {"instance_types": []}}),
]

virtualization := [
	case("VirtualizationType paravirtual", "supports hvm only", "refused", api, hvm, {"image": {"VirtualizationType": "paravirtual"}}),
	case("VirtualizationType paravirtual", "supports paravirtual", "boots", api, "", {
		"image": {"VirtualizationType": "paravirtual"},
		"type": {"SupportedVirtualizationTypes": ["hvm", "paravirtual"], "NetworkInfo": {"EnaSupport": "unsupported"}},
	}),
	case("VirtualizationType hvm", "supports paravirtual only", "refused", api, hvm, {"type": {"SupportedVirtualizationTypes": ["paravirtual"]}}),
	case("RootDeviceType instance-store", "supports ebs only", "refused", "EC2 User Guide, Root device type", hvm, {
		"image": {"RootDeviceType": "instance-store", "BlockDeviceMappings": []},
	}),
	case("RootDeviceType instance-store", "supports instance-store", "boots", "EC2 User Guide, Root device type", "", {
		"image": {"RootDeviceType": "instance-store", "BlockDeviceMappings": []},
		"type": {"SupportedRootDeviceTypes": ["ebs", "instance-store"]},
	}),
]

boot_modes := [
	case("BootMode uefi", "supports uefi", "boots", boot_page, "", {"image": {"BootMode": "uefi"}}),
	case("BootMode uefi", "supports legacy-bios only", "refused", boot_page, mode, {"image": {"BootMode": "uefi"}, "type": boots_by(["legacy-bios"])}),
	case("BootMode legacy-bios", "supports legacy-bios", "boots", boot_page, "", {"image": {"BootMode": "legacy-bios"}}),
	case("BootMode legacy-bios", "supports uefi only", "refused", boot_page, mode, {"image": {"BootMode": "legacy-bios"}, "type": boots_by(["uefi"])}),
	case("BootMode uefi-preferred", "supports uefi", "boots", boot_page, "", {}),
	case("BootMode uefi-preferred", "supports legacy-bios only: boots, Secure Boot is lost", "depends", boot_page, mode, {"type": boots_by(["legacy-bios"])}),
	case("any BootMode", "does not say its boot modes", "depends", boot_page, mode, {"type": boots_by([])}),
	case("BootMode absent, arm64", "supports uefi", "boots", boot_page, "", {"image": {"Architecture": "arm64"}, "cut": ["BootMode"], "type": graviton}),
	case("BootMode absent, arm64", "does not support uefi", "refused", boot_page, mode, {
		"image": {"Architecture": "arm64"},
		"cut": ["BootMode"],
		"type": object.union(graviton, boots_by(["legacy-bios"])),
	}),
	case("BootMode absent, x86", "supports legacy-bios", "boots", boot_page, "", {"cut": ["BootMode"]}),
	case("BootMode absent, x86", "supports uefi only", "depends", "no page states it", mode, {"cut": ["BootMode"], "type": boots_by(["uefi"])}),
	case("BootMode absent, fields cut away", any, "depends", boot_page, mode, {"cut": ["BootMode", "Hypervisor"]}),
	case("BootMode uefi", "in a Local Zone or Wavelength Zone", "depends", boot_page, mode, {
		"image": {"BootMode": "uefi"},
		"launch": {"zones": [local_zone]},
	}),
	case("BootMode uefi-preferred", "on an Outpost", "depends", boot_page, mode, outpost),
	case("any BootMode, operating system not prepared", any, "depends", boot_page, "", {"image": {"BootMode": "uefi"}}),
]

tpm := [
	case("TpmSupport v2.0, BootMode uefi", "NitroTpmSupport supported", "boots", tpm_page, "", {"image": with_tpm("uefi")}),
	case("TpmSupport v2.0", "NitroTpmSupport unsupported", "refused", tpm_page, needs_tpm, {
		"image": with_tpm("uefi"),
		"type": {"NitroTpmSupport": "unsupported"},
	}),
	case("TpmSupport v2.0, BootMode legacy-bios", "NitroTpmSupport supported", "refused", tpm_page, needs_tpm, {"image": with_tpm("legacy-bios")}),
	case("TpmSupport v2.0, BootMode uefi-preferred", "supports uefi", "depends", tpm_page, needs_tpm, {"image": with_tpm("uefi-preferred")}),
	case("TpmSupport v2.0, BootMode uefi-preferred", "supports legacy-bios only", "refused", tpm_page, needs_tpm, {
		"image": with_tpm("uefi-preferred"),
		"type": boots_by(["legacy-bios"]),
		"besides": [mode],
	}),
	case("TpmSupport v2.0, BootMode absent, x86", "supports legacy-bios", "refused", tpm_page, needs_tpm, {
		"image": {"TpmSupport": "v2.0"},
		"cut": ["BootMode"],
	}),
	case("TpmSupport v2.0", "in a Local Zone or Wavelength Zone", "refused", tpm_page, needs_tpm, {
		"image": with_tpm("uefi"),
		"launch": {"zones": [local_zone]},
		"besides": [mode],
	}),
	case("TpmSupport v2.0", "on an Outpost", "refused", tpm_page, needs_tpm, object.union(outpost, {"image": with_tpm("uefi"), "besides": [mode]})),
]

ena := [
	case("EnaSupport true", "ENA required", "boots", api, "", {}),
	case("EnaSupport false", "ENA required", "refused", ena_page, ena_missing, {"image": {"EnaSupport": false}}),
	case("EnaSupport absent", "ENA required", "refused", ena_page, ena_missing, {"cut": ["EnaSupport"]}),
	case("EnaSupport absent", "ENA supported: boots, slower", "boots", ena_page, "", {"cut": ["EnaSupport"], "type": asks_ena("supported")}),
	case("EnaSupport absent", "ENA unsupported", "boots", ena_page, "", {"cut": ["EnaSupport"], "type": asks_ena("unsupported")}),
	case("EnaSupport absent, fields cut away", "ENA required", "depends", ena_page, ena_missing, {"cut": ["EnaSupport", "Hypervisor"]}),
	case("SriovNetSupport absent", any, "boots", api, "", {"cut": ["SriovNetSupport"]}),
	case("no field tells of an NVMe driver", "NvmeSupport required", "depends", api, "", {}),
]
