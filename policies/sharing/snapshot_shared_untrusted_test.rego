package amiscan.sharing.snapshot_shared_untrusted_test

import data.amiscan.sharing.snapshot_shared_untrusted as policy
import data.amiscan.testing.fixtures

none := {"trusted_accounts": []}

shared(permissions) := fixtures.ebs_snapshot({"snapshot_permissions": permissions})

finding(account) := {
	"msg": concat(" ", [
		sprintf("account %s may make volumes of this snapshot and is not trusted;", [account]),
		sprintf("to trust it: params: {trusted_accounts: [%q]}", [account]),
	]),
	"subject": account,
	"evidence": {"UserId": account},
}

test_fail_each_untrusted_account if {
	document := shared([{"UserId": "222222222222"}, {"UserId": "333333333333"}, {"UserId": "444455556666"}])
	policy.violation == {finding("222222222222"), finding("333333333333")} with input as document
		with data.params as {"trusted_accounts": ["444455556666"]}
}

test_pass_shared_with_nobody if policy.violation == set() with input as shared([]) with data.params as none

test_pass_trusted_account if {
	policy.violation == set() with input as shared([{"UserId": "222222222222"}])
		with data.params as {"trusted_accounts": ["222222222222"]}
}

test_near_owner if {
	policy.violation == set() with input as shared([{"UserId": fixtures.account}]) with data.params as none
}

test_near_public_is_left_to_snapshot_public if {
	policy.violation == set() with input as shared([{"Group": "all"}]) with data.params as none
}

test_near_snapshot_that_is_gone if {
	document := fixtures.not_found(shared([]), "snapshot_permissions")
	policy.violation == set() with input as document with data.params as none
}

listed(permissions, accounts) := object.union(shared(permissions), {"listed_accounts": [account |
	some id in accounts
	account := {"Id": id, "Name": "web", "State": "ACTIVE", "Paths": ["o-a1b2c3d4e5/r-ab12/"]}
]})

test_pass_account_that_the_organization_lists if {
	document := listed([{"UserId": "222222222222"}], ["222222222222"])
	policy.violation == set() with input as document with data.params as none
}

test_near_account_beside_those_that_the_organization_lists if {
	document := listed([{"UserId": "222222222222"}, {"UserId": "333333333333"}], ["222222222222"])
	policy.violation == {finding("333333333333")} with input as document with data.params as none
}
