package amiscan.testing.boot

import data.amiscan.testing.fixtures

# The image against its volumes: encryption, the mappings and their snapshots.

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

lists := [
	case("lists unsupported types only", "is among them", "refused", lists_page, refusing, {"image": listing("UnsupportedInstanceTypes", ["t3.*", "m7i.*"])}),
	case("lists unsupported types only", "is not among them", "boots", lists_page, "", {"image": listing("UnsupportedInstanceTypes", ["m7i", "t3.*"])}),
	case("lists supported types", "is among them", "boots", lists_page, "", {"image": listing("SupportedInstanceTypes", ["t3.*", "m*.large"])}),
	case("lists supported types", "is not among them", "refused", lists_page, refusing, {"image": listing("SupportedInstanceTypes", ["t3.*"])}),
	case("lists supported and unsupported types", "is among both", "refused", lists_page, refusing, {"image": both_lists}),
]

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
