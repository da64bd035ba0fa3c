package amiscan.account.imds_default_weak_test

import data.amiscan.account.imds_default_weak as policy
import data.amiscan.testing.fixtures

setting(fields) := fixtures.settings({"instance_metadata_defaults": fields})

finding(problem, fields) := {
	"msg": sprintf("%s new instances allow IMDSv1 unless their launch requires tokens", [problem]),
	"evidence": fields,
}

nothing_set := "the account has no default for metadata tokens:"

optional_set := "the account's default makes metadata tokens optional, whatever the image says:"

test_fail_no_preference if {
	every fields in [{}, {"ManagedBy": "account"}, {"HttpTokens": "no-preference"}, {"HttpPutResponseHopLimit": 1}] {
		policy.violation == {finding(nothing_set, fields)} with input as setting(fields)
		policy.undecided == set() with input as setting(fields)
	}
}

test_fail_optional if {
	fields := {"HttpTokens": "optional", "HttpEndpoint": "enabled", "HttpTokensEnforced": "disabled"}
	policy.violation == {finding(optional_set, fields)} with input as setting(fields)
	policy.undecided == set() with input as setting(fields)
}

test_pass_required if {
	document := setting({"HttpTokens": "required", "HttpPutResponseHopLimit": 2, "ManagedBy": "declarative-policy"})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_service_is_off_by_default if {
	document := setting({"HttpTokens": "optional", "HttpEndpoint": "disabled"})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_enforced_without_a_default if {
	document := setting({"HttpTokensEnforced": "enabled"})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_undecided_other_value if {
	document := setting({"HttpTokens": "sometimes"})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": "EC2 does not say in a known way whether the account requires IMDSv2 by default",
	}} with input as document
}

test_undecided_without_an_answer if {
	document := fixtures.not_found(setting({}), "instance_metadata_defaults")
	policy.violation == set() with input as document
	count(policy.undecided) == 1 with input as document
}
