# METADATA
# title: Will the next launch boot? Each case as an example
# description: >-
#   Each of `rows` is {"table", "image" and "type" (the case in words), "result" (refused, depends or boots), "source" (the
#   page of AWS), "policy" (the one that says so, "" where none does), "besides" (policies that are undecided as well) and
#   "document" (what policies see)}. Table J is the image against the type, table launch is what else a launch needs. A test
#   asks every policy about every row, and the documentation page on launches is made from them. Only tests and that page
#   read this package.
# scope: package
package amiscan.testing.boot

import data.amiscan.testing.fixtures

rows := array.concat(
	[object.union(row, {"table": "J"}) |
		some group in [states, allowed, architectures, virtualization, boot_modes, tpm, ena, encryption, lists, snapshots, options]
		some row in group
	],
	[object.union(row, {"table": "launch"}) | some row in names],
)

# case is one row; what it changes in the sound launch stands under launch, image, type, cut (fields taken off the image)
# and facts.
case(image, type, result, source, policy, changes) := {
	"image": image,
	"type": type,
	"result": result,
	"source": source,
	"policy": policy,
	"besides": object.get(changes, "besides", []),
	"document": document(changes),
}

document(changes) := fixtures.launcher(object.union(
	{
		"launches": [object.union(fixtures.launch, object.get(changes, "launch", {}))],
		"images": [object.remove(
			object.union(fixtures.image, object.get(changes, "image", {})),
			object.get(changes, "cut", []),
		)],
		"instance_types": [object.union(fixtures.instance_type, object.get(changes, "type", {}))],
		"template_versions": [fixtures.template_version],
		"type_offerings": [],
		"security_groups": [],
		"subnets": [],
		"key_pairs": [],
		"instance_profiles": [],
	},
	object.get(changes, "facts", {}),
))

# The pages of AWS.
api := "EC2 API Reference, Image and InstanceTypeInfo"

allowed_page := "EC2 User Guide, Control the discovery and use of AMIs with Allowed AMIs"

boot_page := "EC2 User Guide, Instance launch behavior with EC2 boot modes"

tpm_page := "EC2 User Guide, NitroTPM prerequisites"

ena_page := "EC2 User Guide, Enhanced networking with ENA"

encryption_page := "EC2 User Guide, Use encryption with EBS-backed AMIs"

device_page := "EC2 API Reference, EbsBlockDevice"

volumes_page := "EC2 User Guide, Amazon EBS volume limits"

any := "any"

states := array.concat(
	[
		case("State available", any, "boots", api, "", {}),
		case("State disabled", any, "refused", api, "launch/lt-ami-disabled", {"image": {"State": "disabled"}}),
		case("State deregistered", any, "refused", api, "launch/lt-image-gone", {"image": {"State": "deregistered"}}),
	],
	array.concat(
		[case(sprintf("State %s", [state]), any, "refused", api, "launch/lt-ami-not-available", {"image": {"State": state}}) |
			some state in ["failed", "error", "invalid"]
		],
		[
			case("State transient", any, "depends", api, "launch/lt-ami-not-available", {"image": {"State": "transient"}}),
			case("State pending", any, "depends", api, "launch/lt-ami-not-available", {
				"image": {"State": "pending", "BlockDeviceMappings": []},
				"cut": ["EnaSupport", "BootMode", "RootDeviceName"],
			}),
		],
	),
)

foreign := {"OwnerId": "444455556666", "ImageAllowed": false}

setting(state) := {"allowed_images": {"State": state, "ManagedBy": "account"}}

allowed := [
	case("of another owner, ImageAllowed false, Allowed AMIs enabled", any, "refused", allowed_page, "launch/lt-image-not-allowed", {
		"image": foreign,
		"facts": setting("enabled"),
	}),
	case("of another owner, ImageAllowed false, Allowed AMIs in audit mode", any, "boots", allowed_page, "launch/image-would-be-refused", {
		"image": foreign,
		"facts": setting("audit-mode"),
	}),
	case("of another owner, ImageAllowed false, Allowed AMIs off", any, "boots", allowed_page, "", {"image": foreign}),
	case("the account's own, ImageAllowed false, Allowed AMIs enabled", any, "boots", allowed_page, "", {
		"image": {"ImageAllowed": false},
		"facts": setting("enabled"),
	}),
]

runs(list) := {"ProcessorInfo": {"SupportedArchitectures": list}}

graviton := {"ProcessorInfo": {"SupportedArchitectures": ["arm64"]}, "SupportedBootModes": ["uefi"]}

mac1 := {"ProcessorInfo": {"SupportedArchitectures": ["x86_64_mac"]}, "SupportedBootModes": ["uefi"]}

mac2 := {"ProcessorInfo": {"SupportedArchitectures": ["arm64_mac"]}, "SupportedBootModes": ["uefi"]}

on_host := {"data": {"Placement": {"Tenancy": "host"}}}

arch := "launch/lt-arch-mismatch"

without_type := {"launches": [object.union(object.remove(fixtures.launch, ["instance_type"]), {"requirements": true})]}

unnamed_type := {"launches": [object.remove(fixtures.launch, ["instance_type"])]}

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

hvm := "launch/lt-virtualization-mismatch"

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

mode := "launch/lt-boot-mode-mismatch"

boots_by(modes) := {"SupportedBootModes": modes}

local_zone := "eu-west-1-lcy-1a"

outpost := {
	"launch": {"data": {"NetworkInterfaces": [{"DeviceIndex": 0, "SubnetId": "subnet-0c1c1c1c1c1c1c1c1"}]}},
	"facts": {"subnets": [{
		"SubnetId": "subnet-0c1c1c1c1c1c1c1c1",
		"AvailabilityZone": "eu-west-1a",
		"OutpostArn": "arn:aws:outposts:eu-west-1:111122223333:outpost/op-0d1d1d1d1d1d1d1d1",
	}]},
}

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

needs_tpm := "launch/lt-tpm-mismatch"

with_tpm(boot_mode) := {"BootMode": boot_mode, "TpmSupport": "v2.0"}

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

ena_missing := "launch/lt-ena-missing"

asks_ena(word) := {"NetworkInfo": {"EnaSupport": word}}

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

refusing := "launch/lt-type-refused"

cannot_encrypt := {"EbsInfo": {"EncryptionSupport": "unsupported"}}

clear_root := {"BlockDeviceMappings": [object.union(fixtures.root_mapping, {"Ebs": {"Encrypted": false}})]}

clear_snapshot := {"snapshots": [object.remove(object.union(fixtures.snapshot, {"Encrypted": false}), ["KmsKeyId"])]}

clear(by_default) := object.union(clear_snapshot, {"ebs_encryption_by_default": {"EbsEncryptionByDefault": by_default}})

encryption := [
	case("a mapping is encrypted", "EncryptionSupport supported", "boots", device_page, "", {}),
	case("a mapping is encrypted", "EncryptionSupport unsupported", "refused", device_page, refusing, {"type": cannot_encrypt}),
	case("mappings in the clear, encryption by default on", "EncryptionSupport unsupported", "refused", device_page, refusing, {
		"image": clear_root,
		"type": cannot_encrypt,
		"facts": clear(true),
	}),
	case("mappings in the clear, encryption by default off", "EncryptionSupport unsupported", "boots", device_page, "", {
		"image": clear_root,
		"type": cannot_encrypt,
		"facts": clear(false),
	}),
	case("a mapping in the clear, the launch says Encrypted false, encryption by default on: encrypted all the same", any, "boots", encryption_page, "", {
		"image": clear_root,
		"launch": {"data": {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": false}}]}},
		"facts": clear(true),
	}),
]

listing(side, patterns) := {"InstanceTypeSpecification": {side: [{"InstanceType": pattern} | some pattern in patterns]}}

both_lists := object.union(listing("SupportedInstanceTypes", ["m7i.*"]), listing("UnsupportedInstanceTypes", ["*.large"]))

lists_page := "EC2 API Reference, InstanceTypeSpecification"

lists := [
	case("lists unsupported types only", "is among them", "refused", lists_page, refusing, {"image": listing("UnsupportedInstanceTypes", ["t3.*", "m7i.*"])}),
	case("lists unsupported types only", "is not among them", "boots", lists_page, "", {"image": listing("UnsupportedInstanceTypes", ["m7i", "t3.*"])}),
	case("lists supported types", "is among them", "boots", lists_page, "", {"image": listing("SupportedInstanceTypes", ["t3.*", "m*.large"])}),
	case("lists supported types", "is not among them", "refused", lists_page, refusing, {"image": listing("SupportedInstanceTypes", ["t3.*"])}),
	case("lists supported and unsupported types", "is among both", "refused", lists_page, refusing, {"image": both_lists}),
]

unusable := "launch/lt-mapping-snapshot-gone"

root_snapshot(fields) := {"snapshots": [object.union(fixtures.snapshot, fields), fixtures.data_snapshot]}

tier_page := "EC2 API Reference, Snapshot"

root_size(size) := {"data": {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": size}}]}}

snapshots := [
	case("a snapshot is gone", any, "refused", tier_page, unusable, {"facts": {"snapshots": [fixtures.data_snapshot]}}),
	case("a snapshot is in the state error", any, "refused", tier_page, unusable, {"facts": root_snapshot({"State": "error"})}),
	case("a snapshot is pending", any, "depends", tier_page, unusable, {"facts": root_snapshot({"State": "pending"})}),
	case("a snapshot is archived", any, "refused", tier_page, unusable, {"facts": root_snapshot({"StorageTier": "archive"})}),
	case("an archived snapshot is restored for a time", any, "depends", tier_page, unusable, {
		"facts": root_snapshot({"StorageTier": "archive", "RestoreExpiryTime": "2026-12-01T00:00:00Z"}),
	}),
	case("a snapshot of a disabled image is archived, as is normal", any, "refused", api, "launch/lt-ami-disabled", {
		"image": {"State": "disabled"},
		"facts": root_snapshot({"StorageTier": "archive"}),
	}),
	case("the launch asks for a volume smaller than its snapshot", any, "refused", device_page, "launch/lt-root-smaller-than-snapshot", {"launch": root_size(7)}),
	case("the launch asks for a volume as large as its snapshot", any, "boots", device_page, "", {"launch": root_size(8)}),
]

hibernation := "launch/lt-hibernation-clear-root"

hibernation_page := "EC2 User Guide, Prerequisites for EC2 instance hibernation"

hibernates(fields) := {"data": object.union({"HibernationOptions": {"Configured": true}}, fields)}

optional_tokens(account) := {
	"launch": {"data": {"MetadataOptions": {"HttpTokens": "optional"}}},
	"facts": {"instance_metadata_defaults": account},
}

options := [
	case("a product of AWS Marketplace", any, "depends", "EC2 API Reference, RunInstances", "launch/lt-marketplace-subscription", {
		"image": {"ProductCodes": [{"ProductCodeId": "0a1b2c3d4e5f6g7h8i9j", "ProductCodeType": "marketplace"}]},
	}),
	case("hibernation asked for, root encrypted", "HibernationSupported true", "boots", hibernation_page, "", {"launch": hibernates({})}),
	case("hibernation asked for", "HibernationSupported false", "refused", hibernation_page, hibernation, {
		"launch": hibernates({}),
		"type": {"HibernationSupported": false},
	}),
	case("hibernation asked for, root in the clear", any, "refused", hibernation_page, hibernation, {
		"image": clear_root,
		"launch": hibernates({}),
		"facts": clear(false),
	}),
	case("hibernation asked for, Nitro Enclaves on", any, "refused", hibernation_page, hibernation, {
		"launch": hibernates({"EnclaveOptions": {"Enabled": true}}),
	}),
	case("Architecture arm64_mac", "mac2, not on a Dedicated Host", "refused", "EC2 User Guide, Amazon EC2 Mac instances", "launch/lt-mac-without-host", {
		"image": {"Architecture": "arm64_mac"},
		"cut": ["BootMode"],
		"type": mac2,
	}),
	case("two volumes", "MaximumEbsAttachments 1, dedicated", "refused", volumes_page, "launch/lt-volume-limit", {"type": {"EbsInfo": {
		"MaximumEbsAttachments": 1,
		"AttachmentLimitType": "dedicated",
	}}}),
	case("two volumes and a network interface", "MaximumEbsAttachments 2, shared", "depends", volumes_page, "launch/lt-volume-limit", {
		"type": {"EbsInfo": {"MaximumEbsAttachments": 2, "AttachmentLimitType": "shared"}},
	}),
	case("effective HttpTokens optional, HttpTokensEnforced enabled", any, "refused", "EC2 API Reference, ModifyInstanceMetadataDefaults", "launch/lt-imds-enforcement-conflict", optional_tokens({
		"HttpTokens": "required",
		"HttpTokensEnforced": "enabled",
	})),
	case("effective HttpTokens optional, HttpTokensEnforced disabled", any, "boots", "EC2 API Reference, ModifyInstanceMetadataDefaults", "", optional_tokens({})),
]

through(parameters) := {
	"launch": {"image_reference": "resolve:ssm:/golden/web", "data": {"ImageId": "resolve:ssm:/golden/web"}},
	"facts": {"parameters": parameters},
}

names := [
	case("named by id, does not resolve", any, "refused", "EC2 User Guide, Deregister an AMI", "launch/lt-image-gone", {"facts": {"images": []}}),
	case("named by a parameter that leads to it", any, "boots", "EC2 Auto Scaling User Guide, Use Systems Manager parameters", "", through([fixtures.parameter])),
	case("named by a parameter that does not exist", any, "refused", "EC2 Auto Scaling User Guide, Use Systems Manager parameters", "launch/lt-ami-ssm-unresolved", {
		"facts": {"launches": [object.union(
			object.remove(fixtures.launch, ["image_id"]),
			{"image_reference": "resolve:ssm:/golden/web"},
		)]},
	}),
	case("the launch maps /dev/sda1, its root is /dev/xvda: a second, empty volume", any, "boots", "EC2 User Guide, Device names for volumes", "launch/lt-root-device-name-mismatch", {
		"launch": {"data": {"BlockDeviceMappings": [{"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 50}}]}},
	}),
	case("the launch names a security group that does not exist", any, "refused", "EC2 API Reference, RunInstances", "launch/lt-dangling-reference", {
		"launch": {"data": {"SecurityGroupIds": ["sg-0e1e1e1e1e1e1e1e1"]}},
	}),
	case("the template version that is pinned does not exist", any, "refused", "EC2 Auto Scaling User Guide, Troubleshoot launch templates", "launch/asg-lt-version-gone", {
		"facts": {"launches": [{
			"subject": "", "missing": "version", "template_id": fixtures.launch.template_id, "template_name": "web",
			"version": 2, "default": false, "latest": false, "override": false, "requirements": false,
			"service_roles": [fixtures.auto_scaling_role], "zones": ["eu-west-1a"],
		}]},
	}),
	case(any, "not offered in the zone of the launch", "refused", "EC2 API Reference, DescribeInstanceTypeOfferings", "launch/type-not-offered-in-az", {
		"launch": {"zones": ["eu-west-1c"]},
		"facts": {"type_offerings": [{"InstanceType": "m7i.large", "Location": "eu-west-1a", "LocationType": "availability-zone"}]},
	}),
]
