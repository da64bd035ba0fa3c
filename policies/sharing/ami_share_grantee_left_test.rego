package amiscan.sharing.ami_share_grantee_left_test

import data.amiscan.sharing.ami_share_grantee_left as policy
import data.amiscan.testing.fixtures

account(id, state) := {"Id": id, "Name": "web", "State": state, "Paths": ["o-a1b2c3d4e5/r-ab12/ou-ab12-cdefgh34/"]}

shared_with(accounts) := fixtures.ami({"account_grantees": accounts})

finding(id, state) := {
	"msg": sprintf("account %s (web) may launch this image, but its state is %s", [id, state]),
	"subject": id,
	"evidence": {"account": account(id, state)},
}

test_fail_each_account_that_left if {
	document := shared_with([
		account("222222222222", "SUSPENDED"),
		account("333333333333", "PENDING_CLOSURE"),
		account("444455556666", "CLOSED"),
		account("555566667777", "ACTIVE"),
	])
	policy.violation == {
		finding("222222222222", "SUSPENDED"),
		finding("333333333333", "PENDING_CLOSURE"),
		finding("444455556666", "CLOSED"),
	} with input as document
	policy.undecided == set() with input as document
}

test_pass_active_accounts if {
	document := shared_with([account("222222222222", "ACTIVE"), account("333333333333", "ACTIVE")])
	policy.violation | policy.undecided == set() with input as document
}

test_pass_shared_with_no_account if policy.violation | policy.undecided == set() with input as shared_with([])

test_near_account_that_is_not_in_use_yet if {
policy.violation | policy.undecided == set() with input as shared_with([account("222222222222", "PENDING_ACTIVATION")])}

test_undecided_state_that_is_new if {
	document := shared_with([account("222222222222", "HIBERNATING")])
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": "account 222222222222 may launch this image, and its state \"HIBERNATING\" is not known here",
		"subject": "222222222222",
	}} with input as document
}
