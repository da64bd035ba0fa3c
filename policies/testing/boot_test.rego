package amiscan.testing.boot_test

import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

# Every policy on whether a launch boots, with what it finds wrong and what it leaves undecided.
violations := {
	"launch/asg-lt-version-gone": data.amiscan.launch.asg_lt_version_gone.violation,
	"launch/image-would-be-refused": data.amiscan.launch.image_would_be_refused.violation,
	"launch/lt-ami-disabled": data.amiscan.launch.lt_ami_disabled.violation,
	"launch/lt-ami-in-recycle-bin": data.amiscan.launch.lt_ami_in_recycle_bin.violation,
	"launch/lt-ami-not-available": data.amiscan.launch.lt_ami_not_available.violation,
	"launch/lt-ami-ssm-unresolved": data.amiscan.launch.lt_ami_ssm_unresolved.violation,
	"launch/lt-arch-mismatch": data.amiscan.launch.lt_arch_mismatch.violation,
	"launch/lt-boot-mode-mismatch": data.amiscan.launch.lt_boot_mode_mismatch.violation,
	"launch/lt-dangling-reference": data.amiscan.launch.lt_dangling_reference.violation,
	"launch/lt-ena-missing": data.amiscan.launch.lt_ena_missing.violation,
	"launch/lt-hibernation-clear-root": data.amiscan.launch.lt_hibernation_clear_root.violation,
	"launch/lt-image-gone": data.amiscan.launch.lt_image_gone.violation,
	"launch/lt-image-not-allowed": data.amiscan.launch.lt_image_not_allowed.violation,
	"launch/lt-imds-enforcement-conflict": data.amiscan.launch.lt_imds_enforcement_conflict.violation,
	"launch/lt-mac-without-host": data.amiscan.launch.lt_mac_without_host.violation,
	"launch/lt-mapping-snapshot-gone": data.amiscan.launch.lt_mapping_snapshot_gone.violation,
	"launch/lt-marketplace-subscription": data.amiscan.launch.lt_marketplace_subscription.violation,
	"launch/lt-no-image": data.amiscan.launch.lt_no_image.violation,
	"launch/lt-root-device-name-mismatch": data.amiscan.launch.lt_root_device_name_mismatch.violation,
	"launch/lt-root-smaller-than-snapshot": data.amiscan.launch.lt_root_smaller_than_snapshot.violation,
	"launch/lt-tpm-mismatch": data.amiscan.launch.lt_tpm_mismatch.violation,
	"launch/lt-type-refused": data.amiscan.launch.lt_type_refused.violation,
	"launch/lt-type-unknown": data.amiscan.launch.lt_type_unknown.violation,
	"launch/lt-virtualization-mismatch": data.amiscan.launch.lt_virtualization_mismatch.violation,
	"launch/lt-volume-limit": data.amiscan.launch.lt_volume_limit.violation,
	"launch/type-not-offered-in-az": data.amiscan.launch.type_not_offered_in_az.violation,
}

undecided := {
	"launch/image-would-be-refused": data.amiscan.launch.image_would_be_refused.undecided,
	"launch/lt-ami-not-available": data.amiscan.launch.lt_ami_not_available.undecided,
	"launch/lt-arch-mismatch": data.amiscan.launch.lt_arch_mismatch.undecided,
	"launch/lt-boot-mode-mismatch": data.amiscan.launch.lt_boot_mode_mismatch.undecided,
	"launch/lt-ena-missing": data.amiscan.launch.lt_ena_missing.undecided,
	"launch/lt-hibernation-clear-root": data.amiscan.launch.lt_hibernation_clear_root.undecided,
	"launch/lt-image-not-allowed": data.amiscan.launch.lt_image_not_allowed.undecided,
	"launch/lt-imds-enforcement-conflict": data.amiscan.launch.lt_imds_enforcement_conflict.undecided,
	"launch/lt-mapping-snapshot-gone": data.amiscan.launch.lt_mapping_snapshot_gone.undecided,
	"launch/lt-marketplace-subscription": data.amiscan.launch.lt_marketplace_subscription.undecided,
	"launch/lt-root-smaller-than-snapshot": data.amiscan.launch.lt_root_smaller_than_snapshot.undecided,
	"launch/lt-tpm-mismatch": data.amiscan.launch.lt_tpm_mismatch.undecided,
	"launch/lt-type-refused": data.amiscan.launch.lt_type_refused.undecided,
	"launch/lt-virtualization-mismatch": data.amiscan.launch.lt_virtualization_mismatch.undecided,
	"launch/lt-volume-limit": data.amiscan.launch.lt_volume_limit.undecided,
	"launch/type-not-offered-in-az": data.amiscan.launch.type_not_offered_in_az.undecided,
}

speaking(members) := {id | some id, found in members; found != set()}

spoken := {"fails": speaking(violations), "open": speaking(undecided)}

# A row that no policy speaks of has "" for its policy. One that boots may be reported all the same.
wanted(row) := {
	"fails": {row.policy | row.result in {"refused", "boots"}} - {""},
	"open": (({row.policy | row.result == "depends"} - {""}) | {id | some id in row.besides}),
}

# Every part takes each sixth row, so that no test takes long.
test_rows_0 if wrong(0) == []

test_rows_1 if wrong(1) == []

test_rows_2 if wrong(2) == []

test_rows_3 if wrong(3) == []

test_rows_4 if wrong(4) == []

test_rows_5 if wrong(5) == []

wrong(part) := [[row.image, row.type, row.result, row.policy, got] |
	some i, row in boot.rows
	i % 6 == part
	got := heard(row.document)
	got != wanted(row)
	print(row.image, "|", row.type, "|", row.result, row.policy, got)
]

test_many_rows if count(boot.rows) > 80

heard(document) := got if {
	got := spoken with input as document with data.params.marketplace_products as []
}

# What a launch does not name says nothing of it: strangers beside a sound image and type change nothing, be the launch's
# type known or open.
test_strangers_change_nothing if {
	alone := members(among([], [], []))
	{member[0] | some member in alone} == {
		"launch/lt-arch-mismatch", "launch/lt-boot-mode-mismatch", "launch/lt-ena-missing",
		"launch/lt-hibernation-clear-root", "launch/lt-tpm-mismatch",
	}
	members(among(strange_images, strange_types, strange_snapshots)) == alone
}

# One image tells nothing, two have all that can be wrong.
strange_images := [object.union({"ImageId": "ami-0f0f0f0f0f0f0f0f0", "State": "available"}, image) |
	some image in [
		{"OwnerId": "444455556666", "RootDeviceName": "/dev/xvda", "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0"}}]},
		object.union(bad_image, {"BootMode": "uefi-preferred", "OwnerId": "444455556666"}),
		object.union(bad_image, {"BootMode": "legacy-bios"}),
	]
]

bad_image := object.union(object.remove(fixtures.image, ["EnaSupport", "ImdsSupport"]), {
	"ImageId": "ami-0f0f0f0f0f0f0f0f0",
	"Architecture": "arm64_mac",
	"BlockDeviceMappings": [
		{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0f0f0f0f0f0f0f0f0", "VolumeSize": 600}},
		{"DeviceName": "/dev/sdf", "Ebs": {"SnapshotId": "snap-00000000000000bad"}},
	],
	"InstanceTypeSpecification": {"UnsupportedInstanceTypes": [{"InstanceType": "*"}]},
	"ProductCodes": [{"ProductCodeId": "0a1b2c3d4e5f6g7h8i9j"}],
	"RootDeviceName": "/dev/xvda",
	"RootDeviceType": "instance-store",
	"TpmSupport": "v2.0",
	"VirtualizationType": "paravirtual",
})

# One type tells nothing, the other supports nothing.
strange_types := [
	{"InstanceType": "x1.silent"},
	{
		"InstanceType": "x1.bad",
		"EbsInfo": {"EncryptionSupport": "unsupported", "MaximumEbsAttachments": 0},
		"HibernationSupported": false,
		"NetworkInfo": {"EnaSupport": "required"},
		"NitroTpmSupport": "unsupported",
		"ProcessorInfo": {"SupportedArchitectures": ["sparc"]},
		"SupportedBootModes": ["legacy-bios"],
		"SupportedInRegion": false,
		"SupportedRootDeviceTypes": ["tape"],
		"SupportedVirtualizationTypes": ["jail"],
	},
]

strange_snapshots := [object.union(fixtures.snapshot, {
	"SnapshotId": "snap-0f0f0f0f0f0f0f0f0", "State": state, "VolumeSize": 500, "Encrypted": false,
}) |
	some state in ["error", "pending"]
]

members(document) := {[id, found] | some id, found in got.violations; found != set()} | {[id, found] | some id, found in got.undecided; found != set()} if {
	got := {"violations": violations, "undecided": undecided} with input as document
		with data.params.marketplace_products as []
}

# among is a document with sound launches that ask for much, and strangers beside what they name.
among(images, types, snapshots) := object.union(boot.document({}), {
	"launches": [object.union(
		object.remove(launch, ["data"]),
		{"data": changes, "subject": sprintf("%s %v", [launch.subject, changes]), "zones": ["eu-west-1-lcy-1a"]},
	) |
		some launch in [fixtures.launch, object.remove(fixtures.launch, ["instance_type"])]
		some changes in [
			{},
			{"HibernationOptions": {"Configured": true}},
			{"BlockDeviceMappings": [{"DeviceName": "/dev/sdg", "Ebs": {"SnapshotId": "snap-0a0a0a0a0a0a0a0a0", "VolumeSize": 9}}]},
		]
	],
	"images": array.concat(
		[object.union(fixtures.image, {"BootMode": "uefi", "EnaSupport": false, "TpmSupport": "v2.0"})],
		images,
	),
	"instance_types": array.concat([object.union(fixtures.instance_type, {"NetworkInfo": {"EnaSupport": "supported"}})], types),
	"snapshots": array.concat(fixtures.sound.snapshots, snapshots),
	"instance_metadata_defaults": {"HttpTokens": "no-preference", "HttpTokensEnforced": "enabled"},
	"ebs_encryption_by_default": {"EbsEncryptionByDefault": false},
	"allowed_images": {"State": "enabled"},
})

test_every_policy_has_a_row_that_it_speaks_of if {
	ids := object.keys(violations) | object.keys(undecided)
	spoken_of := {row.policy | some row in boot.rows}

	# The first speaks beside launch/lt-image-gone; the second is about what cannot boot by itself.
	ids - spoken_of == {"launch/lt-ami-in-recycle-bin", "launch/lt-no-image"}
}
