package amiscan.sharing.ami_shared_untrusted_test

import data.amiscan.sharing.ami_shared_untrusted as policy
import data.amiscan.testing.fixtures

no_params := {"trusted_accounts": [], "trusted_organizations": [], "trusted_ous": []}

own_organization := "arn:aws:organizations::999999999999:organization/o-a1b2c3d4e5"

own_ou := "arn:aws:organizations::999999999999:ou/o-a1b2c3d4e5/ou-ab12-cdefgh34"

other_organization := "arn:aws:organizations::222222222222:organization/o-f6g7h8i9j0"

other_ou := "arn:aws:organizations::222222222222:ou/o-f6g7h8i9j0/ou-xy98-zzzzzz99"

shared(permissions) := fixtures.ami({"launch_permissions": permissions, "organization": fixtures.organization})

account_finding := {
	"msg": concat(" ", [
		"account 444455556666 may launch this image and is not trusted;",
		"to trust it: params: {trusted_accounts: [\"444455556666\"]}",
	]),
	"subject": "444455556666",
	"evidence": {"launch_permission": {"UserId": "444455556666"}},
}

organization_finding(arn) := {
	"msg": concat(" ", [
		sprintf("organization %s may launch this image and is not trusted;", [arn]),
		sprintf("to trust it: params: {trusted_organizations: [%q]}", [arn]),
	]),
	"subject": arn,
	"evidence": {"launch_permission": {"OrganizationArn": arn}},
}

ou_finding(arn) := {
	"msg": concat(" ", [
		sprintf("organizational unit %s may launch this image and is not trusted;", [arn]),
		sprintf("to trust it: params: {trusted_ous: [%q]}", [arn]),
	]),
	"subject": arn,
	"evidence": {"launch_permission": {"OrganizationalUnitArn": arn}},
}

test_fail_each_untrusted_grantee_on_its_own if {
	document := shared([
		{"UserId": "444455556666"},
		{"OrganizationArn": other_organization},
		{"OrganizationalUnitArn": other_ou},
		{"OrganizationArn": own_organization},
		{"UserId": fixtures.account},
	])
	policy.violation == {
		account_finding,
		organization_finding(other_organization),
		ou_finding(other_ou),
	} with input as document with data.params as no_params
}

test_fail_own_organization_is_not_trusted_by_an_owner_in_none if {
	permissions := [{"OrganizationArn": own_organization}, {"OrganizationalUnitArn": own_ou}]
	document := fixtures.not_found(shared(permissions), "organization")
	policy.violation == {
		organization_finding(own_organization),
		ou_finding(own_ou),
	} with input as document with data.params as no_params
}

test_fail_grantees_that_do_not_look_like_arns if {
	document := shared([{"OrganizationArn": "o-a1b2c3d4e5"}, {"OrganizationalUnitArn": "ou-ab12-cdefgh34"}])
	policy.violation == {
		organization_finding("o-a1b2c3d4e5"),
		ou_finding("ou-ab12-cdefgh34"),
	} with input as document with data.params as no_params
}

test_pass_shared_with_nobody if {
	policy.violation == set() with input as shared([]) with data.params as no_params
}

test_pass_owner_and_own_organization_and_its_ou if {
	document := shared([
		{"UserId": fixtures.account},
		{"OrganizationArn": own_organization},
		{"OrganizationalUnitArn": own_ou},
	])
	policy.violation == set() with input as document with data.params as no_params
}

test_pass_listed_grantees_by_id if {
	document := shared([
		{"UserId": "444455556666"},
		{"OrganizationArn": other_organization},
		{"OrganizationalUnitArn": "arn:aws:organizations::333333333333:ou/o-k1l2m3n4o5/ou-qr34-stuvwx56"},
	])
	params := {
		"trusted_accounts": ["444455556666"],
		"trusted_organizations": ["o-f6g7h8i9j0"],
		"trusted_ous": ["ou-qr34-stuvwx56"],
	}
	policy.violation == set() with input as document with data.params as params
}

test_pass_listed_grantees_by_arn if {
	document := shared([{"OrganizationArn": other_organization}, {"OrganizationalUnitArn": other_ou}])
	params := object.union(no_params, {"trusted_organizations": [other_organization], "trusted_ous": [other_ou]})
	policy.violation == set() with input as document with data.params as params
}

test_pass_ou_of_a_listed_organization if {
	document := shared([{"OrganizationalUnitArn": other_ou}])
	by_id := object.union(no_params, {"trusted_organizations": ["o-f6g7h8i9j0"]})
	policy.violation == set() with input as document with data.params as by_id
	by_arn := object.union(no_params, {"trusted_organizations": [other_organization]})
	policy.violation == set() with input as document with data.params as by_arn
}

test_near_public_is_left_to_ami_public if {
	policy.violation == set() with input as shared([{"Group": "all"}]) with data.params as no_params
}

test_near_trusting_an_ou_does_not_trust_its_organization if {
	document := shared([{"OrganizationArn": other_organization}])
	params := object.union(no_params, {"trusted_ous": [other_ou], "trusted_organizations": [other_ou]})
	policy.violation == {organization_finding(other_organization)} with input as document with data.params as params
}

test_near_organization_whose_id_begins_alike if {
	arn := "arn:aws:organizations::222222222222:organization/o-a1b2c3d4e5f6"
	policy.violation == {organization_finding(arn)} with input as shared([{"OrganizationArn": arn}])
		with data.params as no_params
}

test_near_account_listed_under_another_param if {
	document := shared([{"UserId": "444455556666"}])
	params := object.union(no_params, {"trusted_ous": ["444455556666"], "trusted_organizations": ["444455556666"]})
	policy.violation == {account_finding} with input as document with data.params as params
}

test_near_without_organization_listed_grantees_pass if {
	whole := shared([{"UserId": "444455556666"}, {"OrganizationArn": other_organization}])
	document := fixtures.not_found(whole, "organization")
	params := object.union(no_params, {
		"trusted_accounts": ["444455556666"],
		"trusted_organizations": ["o-f6g7h8i9j0"],
	})
	policy.violation == set() with input as document with data.params as params
}

test_pass_account_that_the_organization_lists if {
	accounts := [{"Id": "444455556666", "Name": "web", "State": "ACTIVE", "Paths": ["o-a1b2c3d4e5/r-ab12/"]}]
	document := object.union(shared([{"UserId": "444455556666"}]), {"listed_accounts": accounts})
	policy.violation == set() with input as document with data.params as no_params
}

test_near_account_beside_those_that_the_organization_lists if {
	accounts := [{"Id": "555566667777", "Name": "444455556666", "State": "ACTIVE", "Paths": ["o-a1b2c3d4e5/r-ab12/"]}]
	document := object.union(
		shared([{"UserId": "444455556666"}, {"UserId": "555566667777"}]),
		{"listed_accounts": accounts},
	)
	policy.violation == {account_finding} with input as document with data.params as no_params
}

test_near_account_where_nothing_is_listed if {
	document := object.union(shared([{"UserId": "444455556666"}]), {"listed_accounts": []})
	policy.violation == {account_finding} with input as document with data.params as no_params
}
