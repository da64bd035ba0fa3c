package amiscan.readiness.ami_fast_launch_broken_test

import data.amiscan.readiness.ami_fast_launch_broken as policy
import data.amiscan.testing.fixtures

setup(fields) := fixtures.ami({"fast_launch": object.union(
	{
		"ImageId": fixtures.image.ImageId,
		"LaunchTemplate": {"LaunchTemplateId": "lt-0d0d0d0d0d0d0d0d0", "Version": "1"},
		"MaxParallelLaunches": 6,
		"ResourceType": "snapshot",
		"State": "enabled",
		"StateTransitionTime": "2026-11-20T08:00:00Z",
	},
	fields,
)})

finding(state, reason) := {
	"msg": sprintf("fast launch is in the state %s: %s", [state, reason]),
	"evidence": {
		"State": state,
		"StateTransitionTime": "2026-11-20T08:00:00Z",
		"LaunchTemplate": {"LaunchTemplateId": "lt-0d0d0d0d0d0d0d0d0", "Version": "1"},
	},
}

test_fail_failed_states if {
	every state in ["enabling-failed", "enabled-failed", "disabling-failed"] {
		document := setup({"State": state, "StateTransitionReason": "no such subnet"})
		policy.violation == {finding(state, "no such subnet")} with input as document
		policy.undecided == set() with input as document
	}
}

test_fail_without_a_reason if {
	document := setup({"State": "enabled-failed"})
	policy.violation == {finding("enabled-failed", "EC2 gives no reason")} with input as document
}

test_pass_enabled if {
	policy.applies with input as setup({})
	policy.violation == set() with input as setup({})
	policy.undecided == set() with input as setup({})
}

test_near_on_its_way if {
	every state in ["enabling", "disabling"] {
		policy.violation == set() with input as setup({"State": state})
		policy.undecided == set() with input as setup({"State": state})
	}
}

test_near_image_without_fast_launch if {
	document := fixtures.not_found(setup({}), "fast_launch")
	not policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_unknown_state if {
	policy.undecided == {{"msg": "fast launch is in a state that is not known here: paused"}}
		with input as setup({"State": "paused"})
	silent := fixtures.ami({"fast_launch": {"ImageId": fixtures.image.ImageId}})
	policy.undecided == {{"msg": "fast launch is in a state that is not known here: none"}} with input as silent
	policy.violation == set() with input as silent
}
