package amiscan.sharing.snapshot_public_masked_test

import data.amiscan.sharing.snapshot_public_masked as policy
import data.amiscan.testing.fixtures

snapshot(public, setting) := fixtures.ebs_snapshot({
	"snapshot_public": public,
	"snapshot_block_public_access": setting,
})

hidden := {"State": "block-all-sharing", "ManagedBy": "account"}

test_fail_public_and_hidden if {
	policy.violation == {{
		"msg": "the snapshot's permission names everybody, and only block public access (block-all-sharing) hides it",
		"evidence": {"Group": "all", "snapshot_block_public_access": hidden},
	}} with input as snapshot(true, hidden)
	policy.undecided == set() with input as snapshot(true, hidden)
}

test_pass_private_snapshot if {
	policy.violation == set() with input as snapshot(false, hidden)
	policy.undecided == set() with input as snapshot(false, {})
}

test_near_public_and_not_hidden if {
	every state in ["unblocked", "block-new-sharing"] {
		policy.violation == set() with input as snapshot(true, {"State": state})
		policy.undecided == set() with input as snapshot(true, {"State": state})
	}
}

test_unknown_setting if {
	every document in [
		snapshot(true, {}),
		fixtures.not_found(snapshot(true, hidden), "snapshot_block_public_access"),
	] {
		policy.violation == set() with input as document
		policy.undecided == {{
			"msg": "the snapshot is public, and block public access does not say its state",
		}} with input as document
	}
}
