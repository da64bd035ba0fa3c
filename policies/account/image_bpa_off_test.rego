package amiscan.account.image_bpa_off_test

import data.amiscan.account.image_bpa_off as policy
import data.amiscan.testing.fixtures

setting(fields) := fixtures.settings({"image_block_public_access": fields})

undecided := {{"msg": "EC2 does not say in a known way whether public sharing of AMIs is blocked"}}

test_fail_unblocked if {
	off := {"ImageBlockPublicAccessState": "unblocked", "ManagedBy": "account"}
	policy.violation == {{
		"msg": "block public access for AMIs is off: AMIs of this account can be made public in this Region",
		"evidence": off,
	}} with input as setting(off)
	policy.undecided == set() with input as setting(off)
}

test_pass_blocked if {
	document := setting({"ImageBlockPublicAccessState": "block-new-sharing", "ManagedBy": "account"})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_managed_by_a_policy_and_off_all_the_same if {
	document := setting({"ImageBlockPublicAccessState": "unblocked", "ManagedBy": "declarative-policy"})
	count(policy.violation) == 1 with input as document
}

test_undecided_other_state if {
	document := setting({"ImageBlockPublicAccessState": "block-all-sharing", "ManagedBy": "account"})
	policy.violation == set() with input as document
	policy.undecided == undecided with input as document
}

test_undecided_without_a_state if {
	policy.undecided == undecided with input as setting({"ManagedBy": "account"})
	policy.undecided == undecided with input as fixtures.not_found(setting({}), "image_block_public_access")
}
