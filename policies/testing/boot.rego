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

hvm := "launch/lt-virtualization-mismatch"

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

needs_tpm := "launch/lt-tpm-mismatch"

with_tpm(boot_mode) := {"BootMode": boot_mode, "TpmSupport": "v2.0"}

ena_missing := "launch/lt-ena-missing"

asks_ena(word) := {"NetworkInfo": {"EnaSupport": word}}

refusing := "launch/lt-type-refused"

cannot_encrypt := {"EbsInfo": {"EncryptionSupport": "unsupported"}}

clear_root := {"BlockDeviceMappings": [object.union(fixtures.root_mapping, {"Ebs": {"Encrypted": false}})]}

clear_snapshot := {"snapshots": [object.remove(object.union(fixtures.snapshot, {"Encrypted": false}), ["KmsKeyId"])]}

clear(by_default) := object.union(clear_snapshot, {"ebs_encryption_by_default": {"EbsEncryptionByDefault": by_default}})

listing(side, patterns) := {"InstanceTypeSpecification": {side: [{"InstanceType": pattern} | some pattern in patterns]}}

both_lists := object.union(listing("SupportedInstanceTypes", ["m7i.*"]), listing("UnsupportedInstanceTypes", ["*.large"]))

lists_page := "EC2 API Reference, InstanceTypeSpecification"

unusable := "launch/lt-mapping-snapshot-gone"

root_snapshot(fields) := {"snapshots": [object.union(fixtures.snapshot, fields), fixtures.data_snapshot]}

tier_page := "EC2 API Reference, Snapshot"

root_size(size) := {"data": {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": size}}]}}

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
