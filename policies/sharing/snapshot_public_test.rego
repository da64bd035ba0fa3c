package amiscan.sharing.snapshot_public_test

import data.amiscan.sharing.snapshot_public as policy
import data.amiscan.testing.fixtures

snapshot(facts) := fixtures.document(
	"snapshot",
	fixtures.snapshot.SnapshotId,
	"arn:aws:ec2:eu-west-1::snapshot/snap-0a0a0a0a0a0a0a0a0",
	object.union({"snapshot": fixtures.snapshot}, facts),
)

test_fail_public_snapshot if {
	policy.violation == {{
		"msg": "every AWS account may make a volume of this snapshot and read it",
		"evidence": {"Group": "all"},
	}} with input as snapshot({"snapshot_public": true})
}

test_pass_private_snapshot if policy.violation == set() with input as snapshot({"snapshot_public": false})

test_near_shared_with_single_accounts if {
	document := snapshot({"snapshot_public": false, "snapshot_permissions": [{"UserId": "222222222222"}]})
	policy.violation == set() with input as document
}

test_near_snapshot_that_is_gone if {
	document := fixtures.not_found(snapshot({"snapshot_public": false}), "snapshot_public")
	policy.violation == set() with input as document
}
