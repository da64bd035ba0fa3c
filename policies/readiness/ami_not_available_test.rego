package amiscan.readiness.ami_not_available_test

import data.amiscan.readiness.ami_not_available as policy
import data.amiscan.testing.fixtures

why := {"Code": "Client.InvalidSnapshot", "Message": "the copy could not use its key"}

test_fail_broken_states if {
	every state in ["failed", "error", "invalid"] {
		document := fixtures.with_image({"State": state, "StateReason": why})
		policy.violation == {{
			"msg": sprintf("the image is in the state %s: the copy could not use its key", [state]),
			"evidence": {"State": state, "StateReason": why},
		}} with input as document
		policy.undecided == set() with input as document
	}
}

test_fail_without_a_reason if {
	policy.violation == {{
		"msg": "the image is in the state failed: EC2 gives no reason",
		"evidence": {"State": "failed"},
	}} with input as fixtures.with_image({"State": "failed"})
}

test_pass_available if {
	policy.applies with input as fixtures.with_image({})
	policy.violation == set() with input as fixtures.with_image({})
	policy.undecided == set() with input as fixtures.with_image({})
}

test_near_disabled_on_purpose if {
	document := fixtures.with_image({"State": "disabled", "StateReason": why})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_image_without_a_state_counts_as_available if {
	policy.applies with input as fixtures.without_image(["State"])
	policy.violation == set() with input as fixtures.without_image(["State"])
	policy.undecided == set() with input as fixtures.without_image(["State"])
}

test_near_deregistered_already if {
	document := fixtures.with_image({"State": "deregistered"})
	not policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_unknown_while_pending if {
	document := fixtures.with_image({"State": "pending"})
	policy.violation == set() with input as document
	policy.undecided == {{"msg": concat(" ", [
		"image ami-0a1b2c3d4e5f60718 is still pending; judge it after:",
		"aws ec2 wait image-available --image-ids ami-0a1b2c3d4e5f60718",
	])}} with input as document
}

test_unknown_other_states if {
	every state in ["transient", "thawing"] {
		document := fixtures.with_image({"State": state})
		policy.violation == set() with input as document
		policy.undecided == {{
			"msg": sprintf("the image is in the state %s, of which nothing is known here", [state]),
		}} with input as document
	}
}
