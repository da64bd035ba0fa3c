package amiscan.testing.key_access

# Table B of who can use a key: the key itself.

share_account := "EC2 User Guide, Share an AMI with specific AWS accounts"

key_states := "KMS Developer Guide, Key states of AWS KMS keys"

requirements := "EBS User Guide, Requirements for Amazon EBS encryption"

ebs_works := "EBS User Guide, How Amazon EBS encryption works"

key_policies := "KMS Developer Guide, Key policies in AWS KMS"

kms_api := "KMS API Reference, DescribeKey and GetKeyPolicy"

auto_scaling := "Auto Scaling User Guide, Required KMS key policy for use with encrypted volumes"

share_organization := "EC2 User Guide, Allow organizations and OUs to use a KMS key"

# question is one judgement: of the sound key under an open policy, to the recipient's account, but for the changes.
question(changes) := changed(
	{"grants": [], "key": key, "policy": open_policy(use_actions), "principal": account(recipient), "use": "source"},
	changes,
)

open_policy(actions) := policy([default_statement, allow({"AWS": [root_arn(recipient)]}, actions)])

of_key(fields) := question({"key": object.union(key, fields)})

of_organization := {"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}}

for_ou_members := on_condition(
	allow({"AWS": ["*"]}, organization_actions),
	object.union(
		of_organization,
		{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/r-ab12/ou-ab12-cdefgh34/*"]}},
	),
)

aws_managed(principal) := question({
	"key": object.union(key, {"KeyManager": "AWS"}),
	"policy": policy([on_condition(
		allow({"AWS": ["*"]}, ["kms:*"]),
		{"StringEquals": {"kms:CallerAccount": [owner]}},
	)]),
	"principal": principal,
})

rows_b := [
	row("B", "key managed by AWS, another account", share_account, aws_managed(account(recipient)), "closed"),
	row("B", "key managed by AWS, an organization", share_organization, aws_managed(organization), "closed"),
	row("B", "key managed by AWS, an organizational unit", share_organization, aws_managed(ou), "closed"),
	row("B", "key managed by AWS, role of its account", auto_scaling, aws_managed(role(owner)), "allowed"),
	row(
		"B",
		"key managed by AWS, service-linked role of its account",
		auto_scaling,
		aws_managed(service_role(owner)),
		"allowed",
	),
	row(
		"B",
		"key managed by nobody that is known",
		key_states,
		question({"key": object.remove(key, ["KeyManager"])}),
		"undecided",
	),
	row("B", "key managed by somebody else", key_states, of_key({"KeyManager": "PARTNER"}), "undecided"),
	row("B", "key state Enabled", key_states, of_key({"KeyState": "Enabled"}), "delegated"),
	row("B", "key state Updating", key_states, of_key({"KeyState": "Updating"}), "delegated"),
	row("B", "key state Disabled", key_states, of_key({"KeyState": "Disabled"}), "closed"),
	row("B", "key state PendingDeletion", key_states, of_key({"KeyState": "PendingDeletion"}), "closed"),
	row(
		"B",
		"key state PendingReplicaDeletion",
		key_states,
		of_key({"KeyState": "PendingReplicaDeletion"}),
		"closed",
	),
	row("B", "key state PendingImport", key_states, of_key({"KeyState": "PendingImport"}), "closed"),
	row("B", "key state Unavailable", key_states, of_key({"KeyState": "Unavailable"}), "closed"),
	row("B", "key state Creating", key_states, of_key({"KeyState": "Creating"}), "undecided"),
	row("B", "key state that is not known here", key_states, of_key({"KeyState": "Dreaming"}), "undecided"),
	row("B", "no key state", key_states, question({"key": object.remove(key, ["KeyState"])}), "undecided"),
	row("B", "key for signing", ebs_works, of_key({"KeyUsage": "SIGN_VERIFY", "KeySpec": "RSA_2048"}), "closed"),
	row(
		"B",
		"key for message authentication codes",
		ebs_works,
		of_key({"KeyUsage": "GENERATE_VERIFY_MAC"}),
		"closed",
	),
	row("B", "asymmetric key for encryption", ebs_works, of_key({"KeySpec": "RSA_4096"}), "closed"),
	row(
		"B",
		"key spec under its old name",
		ebs_works,
		question({
			"key": object.union(object.remove(key, ["KeySpec"]), {"CustomerMasterKeySpec": "SYMMETRIC_DEFAULT"}),
		}),
		"delegated",
	),
	row(
		"B",
		"asymmetric key, spec under its old name",
		ebs_works,
		question({"key": object.union(object.remove(key, ["KeySpec"]), {"CustomerMasterKeySpec": "RSA_4096"})}),
		"closed",
	),
	row("B", "no key spec", ebs_works, question({"key": object.remove(key, ["KeySpec"])}), "undecided"),
	row("B", "no key usage", ebs_works, question({"key": object.remove(key, ["KeyUsage"])}), "undecided"),
	row(
		"B",
		"key in another Region than the image",
		key_policies,
		question({"principal": object.union(account(recipient), {"region": "eu-central-1"})}),
		"closed",
	),
	row(
		"B",
		"key in a Region, and the image's is not known",
		key_policies,
		question({"principal": object.union(account(recipient), {"region": "unknown"})}),
		"undecided",
	),
	row(
		"B",
		"multi-Region key: the one of the ARN is judged",
		key_policies,
		of_key({"MultiRegion": true, "MultiRegionConfiguration": {"MultiRegionKeyType": "REPLICA"}}),
		"delegated",
	),
	row("B", "key that is not seen", kms_api, question({"key": null}), "undecided"),
	row(
		"B",
		"key whose ARN is not one",
		kms_api,
		of_key({"Arn": "1234abcd-12ab-34cd-56ef-1234567890ab"}),
		"undecided",
	),
	row(
		"B",
		"policy of a foreign key, which its owner alone can read",
		kms_api,
		question({"policy": null}),
		"undecided",
	),
	row(
		"B",
		"imported key material that ends one day",
		key_states,
		of_key({"Origin": "EXTERNAL", "ValidTo": "2027-01-01T00:00:00Z"}),
		"delegated",
	),
	row(
		"B",
		"key in a custom key store",
		key_states,
		of_key({"Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": "cks-1"}),
		"delegated",
	),
	row("B", "key in an external key store", key_states, of_key({"Origin": "EXTERNAL_KEY_STORE"}), "delegated"),
]
