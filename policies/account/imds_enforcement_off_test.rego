package amiscan.account.imds_enforcement_off_test

import data.amiscan.account.imds_enforcement_off as policy
import data.amiscan.testing.fixtures

setting(fields) := fixtures.settings({"instance_metadata_defaults": fields})

test_fail_not_enforced if {
	every fields in [{}, {"HttpTokensEnforced": "disabled"}, {"HttpTokensEnforced": "no-preference"}] {
		policy.violation == {{
			"msg": "the account does not enforce IMDSv2: a launch that asks for optional metadata tokens gets them",
			"evidence": fields,
		}} with input as setting(fields)
		policy.undecided == set() with input as setting(fields)
	}
}

test_pass_enforced if {
	document := setting({"HttpTokens": "required", "HttpTokensEnforced": "enabled"})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_required_but_not_enforced if {
	count(policy.violation) == 1 with input as setting({"HttpTokens": "required"})
}

test_undecided_other_value if {
	document := setting({"HttpTokensEnforced": "audit"})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": "EC2 does not say in a known way whether the account enforces IMDSv2",
	}} with input as document
}

test_undecided_without_an_answer if {
	count(policy.undecided) == 1 with input as fixtures.not_found(setting({}), "instance_metadata_defaults")
}
