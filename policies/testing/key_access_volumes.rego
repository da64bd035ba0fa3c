package amiscan.testing.key_access

# Table A of who can use a key, the volumes that a launch makes.

ebs_encryption := "EC2 User Guide, Use encryption with EBS-backed AMIs"

ec2_api := "EC2 API Reference, EbsBlockDevice"

snapshot_key := key.Arn

default_key := "arn:aws:kms:eu-west-1:444455556666:key/0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d"

named_key := "arn:aws:kms:eu-west-1:444455556666:key/0e0e0e0e-0e0e-0e0e-0e0e-0e0e0e0e0e0e"

# launch is one mapping of an image whose snapshot is encrypted or not, launched by the account with encryption by default
# on or off, asking what the mapping of the launch says of it.
launch(encrypted, launcher, default_on, asked) := {
	"account": launcher,
	"default_key": default_key,
	"encryption_by_default": default_on,
	"image_mappings": [{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-1", "Encrypted": encrypted}}],
	"mappings": [{"DeviceName": "/dev/xvda", "Ebs": asked}],
	"snapshots": [object.union(
		{"SnapshotId": "snap-1", "OwnerId": owner, "Encrypted": encrypted},
		object.filter({"KmsKeyId": snapshot_key}, [name | some name in ["KmsKeyId"]; encrypted]),
	)],
}

# blank is one mapping of an image without a snapshot.
blank(encrypted, default_on, asked) := changed(launch(false, recipient, default_on, asked), {
	"image_mappings": [{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": encrypted, "VolumeSize": 10}}],
	"snapshots": [],
})

clear := "no source key; volume in the clear"

to_default := "no source key; volume under the default key"

to_named := "no source key; volume under the named key"

rows_a := [
	row(
		"A",
		"snapshot in the clear, the owner launches, nothing asked, encryption by default off",
		ebs_encryption,
		launch(false, owner, false, {}),
		clear,
	),
	row(
		"A",
		"snapshot in the clear, the owner launches, nothing asked, encryption by default on",
		ebs_encryption,
		launch(false, owner, true, {}),
		to_default,
	),
	row(
		"A",
		"snapshot in the clear, the owner launches, encryption asked without a key, encryption by default off",
		ebs_encryption,
		launch(false, owner, false, {"Encrypted": true}),
		to_default,
	),
	row(
		"A",
		"snapshot in the clear, the owner launches, encryption asked with a key, encryption by default off",
		ebs_encryption,
		launch(false, owner, false, {"Encrypted": true, "KmsKeyId": named_key}),
		to_named,
	),
	row(
		"A",
		"encrypted snapshot, the owner launches, nothing asked, encryption by default off",
		ebs_encryption,
		launch(true, owner, false, {}),
		"source key; volume under the source key",
	),
	row(
		"A",
		"encrypted snapshot, the owner launches, encryption asked without a key, encryption by default off",
		ebs_encryption,
		launch(true, owner, false, {"Encrypted": true}),
		"source key; volume under the source key",
	),
	row(
		"A",
		"encrypted snapshot, the owner launches, encryption asked with a key, encryption by default off",
		ebs_encryption,
		launch(true, owner, false, {"Encrypted": true, "KmsKeyId": named_key}),
		"source key; volume under the named key",
	),
	row(
		"A",
		"encrypted snapshot, the owner launches, asked to be in the clear, encryption by default off",
		ec2_api,
		launch(true, owner, false, {"Encrypted": false}),
		"source key; volume under the source key",
	),
	row(
		"A",
		"snapshot in the clear, the owner launches, encryption asked without a key, encryption by default on",
		ebs_encryption,
		launch(false, owner, true, {"Encrypted": true}),
		to_default,
	),
	row(
		"A",
		"snapshot in the clear, the owner launches, encryption asked with a key, encryption by default on",
		ebs_encryption,
		launch(false, owner, true, {"Encrypted": true, "KmsKeyId": named_key}),
		to_named,
	),
	row(
		"A",
		"encrypted snapshot, the owner launches, nothing asked, encryption by default on",
		ebs_encryption,
		launch(true, owner, true, {}),
		"source key; volume under the source key",
	),
	row(
		"A",
		"encrypted snapshot, the owner launches, encryption asked without a key, encryption by default on",
		ebs_encryption,
		launch(true, owner, true, {"Encrypted": true}),
		"source key; volume under the source key",
	),
	row(
		"A",
		"encrypted snapshot, the owner launches, encryption asked with a key, encryption by default on",
		ebs_encryption,
		launch(true, owner, true, {"Encrypted": true, "KmsKeyId": named_key}),
		"source key; volume under the named key",
	),
	row(
		"A",
		"encrypted snapshot, the owner launches, asked to be in the clear, encryption by default on",
		ec2_api,
		launch(true, owner, true, {"Encrypted": false}),
		"source key; volume under the source key",
	),
	row(
		"A",
		"snapshot in the clear, another account launches, nothing asked, encryption by default off",
		ebs_encryption,
		launch(false, recipient, false, {}),
		clear,
	),
	row(
		"A",
		"snapshot in the clear, another account launches, nothing asked, encryption by default on",
		ebs_encryption,
		launch(false, recipient, true, {}),
		to_default,
	),
	row(
		"A",
		"snapshot in the clear, another account launches, encryption asked without a key, encryption by default off",
		ebs_encryption,
		launch(false, recipient, false, {"Encrypted": true}),
		to_default,
	),
	row(
		"A",
		"snapshot in the clear, another account launches, encryption asked with a key, encryption by default off",
		ebs_encryption,
		launch(false, recipient, false, {"Encrypted": true, "KmsKeyId": named_key}),
		to_named,
	),
	row(
		"A",
		"encrypted snapshot, another account launches, nothing asked, encryption by default off",
		ebs_encryption,
		launch(true, recipient, false, {}),
		"source key; volume under the default key",
	),
	row(
		"A",
		"encrypted snapshot, another account launches, encryption asked without a key, encryption by default off",
		ebs_encryption,
		launch(true, recipient, false, {"Encrypted": true}),
		"source key; volume under the default key",
	),
	row(
		"A",
		"encrypted snapshot, another account launches, encryption asked with a key, encryption by default off",
		ebs_encryption,
		launch(true, recipient, false, {"Encrypted": true, "KmsKeyId": named_key}),
		"source key; volume under the named key",
	),
	row(
		"A",
		"encrypted snapshot, another account launches, asked to be in the clear, encryption by default off",
		ec2_api,
		launch(true, recipient, false, {"Encrypted": false}),
		"source key; volume under the default key",
	),
	row(
		"A",
		"snapshot in the clear, another account launches, encryption asked without a key, encryption by default on",
		ebs_encryption,
		launch(false, recipient, true, {"Encrypted": true}),
		to_default,
	),
	row(
		"A",
		"snapshot in the clear, another account launches, encryption asked with a key, encryption by default on",
		ebs_encryption,
		launch(false, recipient, true, {"Encrypted": true, "KmsKeyId": named_key}),
		to_named,
	),
	row(
		"A",
		"encrypted snapshot, another account launches, nothing asked, encryption by default on",
		ebs_encryption,
		launch(true, recipient, true, {}),
		"source key; volume under the default key",
	),
	row(
		"A",
		"encrypted snapshot, another account launches, encryption asked without a key, encryption by default on",
		ebs_encryption,
		launch(true, recipient, true, {"Encrypted": true}),
		"source key; volume under the default key",
	),
	row(
		"A",
		"encrypted snapshot, another account launches, encryption asked with a key, encryption by default on",
		ebs_encryption,
		launch(true, recipient, true, {"Encrypted": true, "KmsKeyId": named_key}),
		"source key; volume under the named key",
	),
	row(
		"A",
		"encrypted snapshot, another account launches, asked to be in the clear, encryption by default on",
		ec2_api,
		launch(true, recipient, true, {"Encrypted": false}),
		"source key; volume under the default key",
	),
	row(
		"A",
		"snapshot in the clear, the owner launches, a key asked without encryption",
		ebs_encryption,
		launch(false, owner, true, {"KmsKeyId": named_key}),
		"launch refused",
	),
	row(
		"A",
		"snapshot in the clear, the owner launches, a key asked with encryption off",
		ebs_encryption,
		launch(false, owner, true, {"Encrypted": false, "KmsKeyId": named_key}),
		"launch refused",
	),
	row(
		"A",
		"snapshot in the clear, another account launches, a key asked without encryption",
		ebs_encryption,
		launch(false, recipient, true, {"KmsKeyId": named_key}),
		"launch refused",
	),
	row(
		"A",
		"snapshot in the clear, another account launches, a key asked with encryption off",
		ebs_encryption,
		launch(false, recipient, true, {"Encrypted": false, "KmsKeyId": named_key}),
		"launch refused",
	),
	row(
		"A",
		"encrypted snapshot, the owner launches, a key asked without encryption",
		ebs_encryption,
		launch(true, owner, true, {"KmsKeyId": named_key}),
		"launch refused",
	),
	row(
		"A",
		"encrypted snapshot, the owner launches, a key asked with encryption off",
		ebs_encryption,
		launch(true, owner, true, {"Encrypted": false, "KmsKeyId": named_key}),
		"launch refused",
	),
	row(
		"A",
		"encrypted snapshot, another account launches, a key asked without encryption",
		ebs_encryption,
		launch(true, recipient, true, {"KmsKeyId": named_key}),
		"launch refused",
	),
	row(
		"A",
		"encrypted snapshot, another account launches, a key asked with encryption off",
		ebs_encryption,
		launch(true, recipient, true, {"Encrypted": false, "KmsKeyId": named_key}),
		"launch refused",
	),
	row(
		"A",
		"blank volume, not encrypted in the image, nothing asked, encryption by default off",
		ebs_encryption,
		blank(false, false, {}),
		clear,
	),
	row(
		"A",
		"blank volume, not encrypted in the image, encryption asked without a key, encryption by default off",
		ebs_encryption,
		blank(false, false, {"Encrypted": true}),
		to_default,
	),
	row(
		"A",
		"blank volume, not encrypted in the image, encryption asked with a key, encryption by default off",
		ebs_encryption,
		blank(false, false, {"Encrypted": true, "KmsKeyId": named_key}),
		to_named,
	),
	row(
		"A",
		"blank volume, not encrypted in the image, nothing asked, encryption by default on",
		ebs_encryption,
		blank(false, true, {}),
		to_default,
	),
	row(
		"A",
		"blank volume, not encrypted in the image, encryption asked without a key, encryption by default on",
		ebs_encryption,
		blank(false, true, {"Encrypted": true}),
		to_default,
	),
	row(
		"A",
		"blank volume, not encrypted in the image, encryption asked with a key, encryption by default on",
		ebs_encryption,
		blank(false, true, {"Encrypted": true, "KmsKeyId": named_key}),
		to_named,
	),
	row(
		"A",
		"blank volume, encrypted in the image, nothing asked, encryption by default off",
		ebs_encryption,
		blank(true, false, {}),
		to_default,
	),
	row(
		"A",
		"blank volume, encrypted in the image, encryption asked without a key, encryption by default off",
		ebs_encryption,
		blank(true, false, {"Encrypted": true}),
		to_default,
	),
	row(
		"A",
		"blank volume, encrypted in the image, encryption asked with a key, encryption by default off",
		ebs_encryption,
		blank(true, false, {"Encrypted": true, "KmsKeyId": named_key}),
		to_named,
	),
	row(
		"A",
		"blank volume, encrypted in the image, nothing asked, encryption by default on",
		ebs_encryption,
		blank(true, true, {}),
		to_default,
	),
	row(
		"A",
		"blank volume, encrypted in the image, encryption asked without a key, encryption by default on",
		ebs_encryption,
		blank(true, true, {"Encrypted": true}),
		to_default,
	),
	row(
		"A",
		"blank volume, encrypted in the image, encryption asked with a key, encryption by default on",
		ebs_encryption,
		blank(true, true, {"Encrypted": true, "KmsKeyId": named_key}),
		to_named,
	),
	row(
		"A",
		"blank volume, a key asked without encryption",
		ebs_encryption,
		blank(false, false, {"KmsKeyId": named_key}),
		"launch refused",
	),
]
