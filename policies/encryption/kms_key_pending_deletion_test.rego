package amiscan.encryption.kms_key_pending_deletion_test

import data.amiscan.encryption.kms_key_pending_deletion as policy
import data.amiscan.testing.fixtures

key(fields) := fixtures.kms_key({"key": object.union(fixtures.key, fields)})

gone := fixtures.not_found(fixtures.kms_key({"key": fixtures.key}), "key")

foreign_arn := "arn:aws:kms:eu-west-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab"

test_fail_scheduled_for_deletion if {
	fields := {"KeyState": "PendingDeletion", "Enabled": false, "DeletionDate": "2026-12-06T01:00:00Z"}
	policy.violation == {{
		"msg": "the key can't be used: KMS is to delete it after 2026-12-06T01:00:00Z",
		"evidence": {"KeyState": "PendingDeletion", "DeletionDate": "2026-12-06T01:00:00Z"},
	}} with input as key(fields)
	policy.undecided == set() with input as key(fields)
}

test_fail_primary_key_that_waits_for_its_replicas if {
	fields := {"KeyState": "PendingReplicaDeletion", "MultiRegion": true, "PendingDeletionWindowInDays": 30}
	policy.violation == {{
		"msg": "the key can't be used: KMS is to delete it once its replicas are deleted",
		"evidence": {"KeyState": "PendingReplicaDeletion", "PendingDeletionWindowInDays": 30},
	}} with input as key(fields)
}

test_fail_own_key_that_does_not_exist if {
	policy.violation == {{
		"msg": "the key does not exist any more: what is encrypted under it can't be used",
		"evidence": {"Arn": fixtures.key.Arn},
	}} with input as gone
	policy.undecided == set() with input as gone
}

test_pass_enabled_key if {
	policy.violation == set() with input as key({})
	policy.undecided == set() with input as key({})
}

test_near_disabled_key if policy.violation == set() with input as key({"KeyState": "Disabled", "Enabled": false})

test_near_cancelled_deletion_leaves_no_trace if {
	policy.violation == set() with input as key({"KeyState": "Disabled", "DeletionDate": null})
}

test_near_key_without_material if policy.violation == set() with input as key({"KeyState": "PendingImport"})

test_near_aws_managed_key if {
	policy.violation == set() with input as key({"KeyManager": "AWS", "Description": "Default key for EBS volumes"})
}

test_near_foreign_key_that_is_found if {
	document := key({"Arn": foreign_arn, "AWSAccountId": "222222222222"})
	foreign := object.union(document, {"account": "222222222222", "arn": foreign_arn, "id": foreign_arn})
	policy.violation == set() with input as foreign
	policy.undecided == set() with input as foreign
}

test_unknown_foreign_key_that_is_not_found if {
	foreign := object.union(gone, {"account": "222222222222", "arn": foreign_arn, "id": foreign_arn})
	policy.violation == set() with input as foreign
	policy.undecided == {{
		"msg": "KMS does not find this key of another account: it may be gone, or not be shown to this account",
	}} with input as foreign
}

test_unknown_without_a_state if {
	document := fixtures.kms_key({"key": object.remove(fixtures.key, ["KeyState"])})
	policy.violation == set() with input as document
	policy.undecided == {{"msg": "KMS does not say which state the key is in"}} with input as document
}
