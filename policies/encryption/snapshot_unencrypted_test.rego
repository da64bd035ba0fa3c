package amiscan.encryption.snapshot_unencrypted_test

import data.amiscan.encryption.snapshot_unencrypted as policy
import data.amiscan.testing.fixtures

snapshot(fields) := fixtures.ebs_snapshot({"snapshot": object.union(fixtures.snapshot, fields)})

finding := {
	"msg": "the snapshot is not encrypted: whoever may read it needs no key",
	"evidence": {"Encrypted": false},
}

test_fail_in_the_clear if {
	policy.violation == {finding} with input as snapshot({"Encrypted": false})
	policy.undecided == set() with input as snapshot({"Encrypted": false})
}

test_fail_whoever_made_it if {
	tags := [{"Key": "aws:backup:source-resource", "Value": "vol-0c0c0c0c0c0c0c0c0"}]
	policy.violation == {finding} with input as snapshot({"Encrypted": false, "Tags": tags})
}

test_pass_encrypted if {
	policy.violation == set() with input as snapshot({})
	policy.undecided == set() with input as snapshot({})
}

test_near_encrypted_without_a_key_id if {
	document := fixtures.ebs_snapshot({"snapshot": object.remove(fixtures.snapshot, ["KmsKeyId"])})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_snapshot_that_is_gone if {
	document := fixtures.not_found(snapshot({}), "snapshot")
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_unknown_without_the_field if {
	every document in [
		snapshot({"Encrypted": null}),
		fixtures.ebs_snapshot({"snapshot": object.remove(fixtures.snapshot, ["Encrypted"])}),
	] {
		policy.violation == set() with input as document
		policy.undecided == {{"msg": "the snapshot does not say whether it is encrypted"}} with input as document
	}
}

test_fail_marked_by_a_tag_that_no_param_names if {
	document := snapshot({"Encrypted": false, "Tags": [{"Key": "clear", "Value": "yes"}]})
	every keys in [[], ["Name"]] {
		policy.applies with input as document with data.params.clear_tags as keys
		policy.violation == {finding} with input as document with data.params.clear_tags as keys
	}
}

test_near_meant_to_be_in_the_clear if {
	document := snapshot({"Encrypted": false, "Tags": [{"Key": "clear", "Value": "yes"}]})
	not policy.applies with input as document with data.params.clear_tags as ["clear"]
	policy.violation == set() with input as document with data.params.clear_tags as ["clear"]
}
