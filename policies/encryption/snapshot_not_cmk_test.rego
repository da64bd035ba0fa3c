package amiscan.encryption.snapshot_not_cmk_test

import data.amiscan.encryption.snapshot_not_cmk as policy
import data.amiscan.testing.fixtures

snapshot(keys) := fixtures.ebs_snapshot({"snapshot": fixtures.snapshot, "keys": keys})

aws := object.union(fixtures.key, {"KeyManager": "AWS", "Description": "Default key for EBS volumes"})

test_fail_aws_managed_key if {
	policy.violation == {{
		"msg": "the snapshot is encrypted under the AWS managed key: it can be shared with nobody",
		"evidence": {"KmsKeyId": fixtures.key.Arn},
	}} with input as snapshot([aws])
	policy.applies with input as snapshot([aws])
}

test_pass_customer_managed_key if {
	policy.violation == set() with input as snapshot([fixtures.key])
	policy.undecided == set() with input as snapshot([fixtures.key])
}

test_near_in_the_clear if {
	clear := fixtures.ebs_snapshot({
		"snapshot": object.union(object.remove(fixtures.snapshot, ["KmsKeyId"]), {"Encrypted": false}),
		"keys": [],
	})
	not policy.applies with input as clear
	policy.violation == set() with input as clear
}

test_near_key_is_gone if policy.violation == set() with input as snapshot([])

test_undecided_manager if {
	policy.undecided == {{"msg": "KMS does not say who manages the key"}} with input as snapshot([object.remove(fixtures.key, ["KeyManager"])])
}
