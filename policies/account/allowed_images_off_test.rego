package amiscan.account.allowed_images_off_test

import data.amiscan.account.allowed_images_off as policy
import data.amiscan.testing.fixtures

setting(state) := fixtures.settings({"allowed_images": {
	"State": state,
	"ManagedBy": "account",
	"ImageCriteria": [{"ImageProviders": ["amazon"]}],
}})

finding(msg, state) := {"msg": msg, "evidence": {"State": state, "ManagedBy": "account"}}

test_fail_disabled if {
	policy.violation == {finding(
		"Allowed AMIs is off: AMIs of any owner can be found and launched in this Region",
		"disabled",
	)} with input as setting("disabled")
	policy.undecided == set() with input as setting("disabled")
}

test_fail_audit_mode if {
	policy.violation == {finding(
		"Allowed AMIs is in audit mode: AMIs that do not meet its criteria are marked and launched all the same",
		"audit-mode",
	)} with input as setting("audit-mode")
	policy.undecided == set() with input as setting("audit-mode")
}

test_pass_enabled if {
	policy.violation == set() with input as setting("enabled")
	policy.undecided == set() with input as setting("enabled")
}

test_near_enabled_without_criteria if {
	document := fixtures.settings({"allowed_images": {"State": "enabled", "ManagedBy": "account"}})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_undecided_other_state if {
	policy.violation == set() with input as setting("paused")
	policy.undecided == {{"msg": "EC2 does not say in a known way whether Allowed AMIs is on"}} with input as setting("paused")
}

test_undecided_without_a_state if {
	count(policy.undecided) == 1 with input as fixtures.settings({"allowed_images": {"ManagedBy": "account"}})
}
