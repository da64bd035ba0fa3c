package amiscan.encryption.ami_key_foreign_test

import data.amiscan.encryption.ami_key_foreign as policy
import data.amiscan.testing.fixtures

none := {"trusted_accounts": []}

central := {"trusted_accounts": ["222222222222"]}

foreign_arn := "arn:aws:kms:eu-west-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab"

distant_arn := "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

# under is the image with its second snapshot under the key.
under(arn) := fixtures.ami({"image": fixtures.image, "snapshots": [
	fixtures.snapshot,
	object.union(fixtures.data_snapshot, {"KmsKeyId": arn}),
]})

finding(arn, msg) := {
	"msg": msg,
	"subject": "/dev/sdf",
	"evidence": {"SnapshotId": "snap-0b0b0b0b0b0b0b0b0", "KmsKeyId": arn},
}

foreign_msg := concat(" ", [
	"/dev/sdf: the key belongs to account 222222222222, which is not trusted;",
	"to trust it: params: {trusted_accounts: [\"222222222222\"]}",
])

distant_msg := "/dev/sdf: the key is in the Region us-east-1: keys do not work outside theirs"

test_fail_another_account if {
	policy.violation == {finding(foreign_arn, foreign_msg)} with input as under(foreign_arn) with data.params as none
	policy.undecided == set() with input as under(foreign_arn)
}

test_fail_another_region if {
	policy.violation == {finding(distant_arn, distant_msg)} with input as under(distant_arn) with data.params as central
}

test_fail_another_account_and_region if {
	arn := replace(foreign_arn, "eu-west-1", "us-east-1")
	policy.violation == {finding(arn, foreign_msg), finding(arn, distant_msg)} with input as under(arn)
		with data.params as none
	policy.violation == {finding(arn, distant_msg)} with input as under(arn) with data.params as central
}

test_pass_own_key if {
	policy.violation == set() with input as under(fixtures.key.Arn) with data.params as none
	policy.undecided == set() with input as under(fixtures.key.Arn)
}

test_pass_key_of_a_trusted_account if {
	policy.violation == set() with input as under(foreign_arn) with data.params as central
}

test_near_mapping_that_is_not_encrypted if {
	clear := object.union(fixtures.data_mapping, {"Ebs": {"Encrypted": false}})
	document := object.union(under(foreign_arn), {"image": {"BlockDeviceMappings": [clear]}})
	policy.violation == set() with input as document with data.params as none
	policy.undecided == set() with input as document
}

test_unknown_key_without_an_arn if {
	policy.violation == set() with input as under("alias/golden") with data.params as none
	policy.undecided == {{
		"msg": "/dev/sdf: whose key alias/golden is can't be told",
		"subject": "/dev/sdf",
	}} with input as under("alias/golden")
}

test_unknown_alias_arn if {
	count(policy.undecided) == 1 with input as under("arn:aws:kms:eu-west-1:222222222222:alias/golden")
	policy.violation == set() with input as under("arn:aws:kms:eu-west-1:222222222222:alias/golden")
		with data.params as none
}

test_unknown_snapshot if {
	document := fixtures.ami({"image": fixtures.image, "snapshots": [fixtures.snapshot]})
	policy.violation == set() with input as document with data.params as none
	policy.undecided == {{
		"msg": concat(" ", [
			"/dev/sdf: snapshot snap-0b0b0b0b0b0b0b0b0 is not in this account,",
			"or does not say which key it is encrypted under",
		]),
		"subject": "/dev/sdf",
	}} with input as document
}
