package amiscan.account.snapshot_bpa_not_all_test

import data.amiscan.account.snapshot_bpa_not_all as policy
import data.amiscan.testing.fixtures

setting(fields) := fixtures.settings({"snapshot_block_public_access": fields})

state(name) := {"State": name, "ManagedBy": "account"}

undecided := {{"msg": "EC2 does not say in a known way whether public sharing of snapshots is blocked"}}

test_fail_unblocked if {
	policy.violation == {{
		"msg": concat(" ", [
			"block public access for snapshots is off:",
			"snapshots of this account can be made public in this Region",
		]),
		"evidence": state("unblocked"),
	}} with input as setting(state("unblocked"))
	policy.undecided == set() with input as setting(state("unblocked"))
}

test_fail_only_new_sharing_is_blocked if {
	policy.violation == {{
		"msg": concat(" ", [
			"block public access for snapshots blocks new sharing only:",
			"a snapshot of this account that is public already stays public",
		]),
		"evidence": state("block-new-sharing"),
	}} with input as setting(state("block-new-sharing"))
	policy.undecided == set() with input as setting(state("block-new-sharing"))
}

test_pass_all_sharing_is_blocked if {
	policy.violation == set() with input as setting(state("block-all-sharing"))
	policy.undecided == set() with input as setting(state("block-all-sharing"))
}

test_near_managed_by_a_policy_and_off_all_the_same if {
	document := setting({"State": "unblocked", "ManagedBy": "declarative-policy"})
	count(policy.violation) == 1 with input as document
}

test_undecided_other_state if {
	policy.violation == set() with input as setting(state("blocked"))
	policy.undecided == undecided with input as setting(state("blocked"))
}

test_undecided_without_a_state if {
	policy.undecided == undecided with input as setting({"ManagedBy": "account"})
	policy.undecided == undecided with input as fixtures.not_found(setting({}), "snapshot_block_public_access")
}
