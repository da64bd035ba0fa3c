package amiscan.encryption.kms_grant_excess_test

import data.amiscan.encryption.kms_grant_excess as policy
import data.amiscan.testing.fixtures
import data.amiscan.testing.key_access as tables

no_params := {"trusted_accounts": []}

trusting := {"trusted_accounts": ["444455556666"]}

role := "arn:aws:iam::444455556666:role/launcher"

own_role := "arn:aws:iam::111122223333:role/launcher"

all_operations := array.concat(
	tables.operations,
	["GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext", "RetireGrant"],
)

key(grants) := fixtures.kms_key({"grants": grants})

named(id, grantee) := object.union(tables.grant(grantee), {"GrantId": id})

finding(grant, msg) := {"msg": msg, "subject": grant.GrantId, "evidence": grant}

test_fail_account_that_is_not_trusted if {
	every grantee in [role, tables.root_arn("444455556666"), tables.service_role_arn("444455556666")] {
		grant := named("g1", grantee)
		text := "grant g1 is for %s; to trust it: params: {trusted_accounts: [\"444455556666\"]}"
		policy.violation == {finding(grant, sprintf(text, [grantee]))} with input as key([grant])
			with data.params as no_params
		policy.applies with input as key([grant])
	}
}

test_fail_every_operation if {
	grant := object.union(named("g1", own_role), {"Operations": all_operations})
	policy.violation == {finding(
		grant,
		sprintf("grant g1 gives %s every operation", [own_role]),
	)} with input as key([grant]) with data.params as no_params
}

test_fail_repetition if {
	first := object.union(named("g1", own_role), {"Operations": ["Decrypt", "Encrypt"]})
	second := object.union(named("g2", own_role), {"Operations": ["Encrypt", "Decrypt"]})
	policy.violation == {finding(
		second,
		sprintf("grant g2 gives %s what grant g1 gives already", [own_role]),
	)} with input as key([second, first]) with data.params as no_params
}

test_pass_no_grant_and_one_for_a_trusted_account if {
	policy.violation == set() with input as key([]) with data.params as no_params
	policy.violation == set() with input as key([named("g1", role)]) with data.params as trusting
}

test_near_grants_that_ec2_made_for_volumes if {
	grantee := "arn:aws:sts::444455556666:assumed-role/aws:ec2-infrastructure/i-00112233445566778"
	grants := [object.union(named(id, grantee), {"Operations": all_operations}) | some id in ["g1", "g2"]]
	policy.violation == set() with input as key(grants) with data.params as no_params
}

test_near_own_service_role if {
	grants := [object.union(named(id, fixtures.auto_scaling_role), {"Operations": all_operations}) | some id in ["g1", "g2"]]
	policy.violation == set() with input as key(grants) with data.params as no_params
}

test_near_services if {
	grants := [
		object.union(named("g1", "rds.eu-west-1.amazonaws.com"), {"Operations": all_operations}),
		{"GrantId": "g2", "GranteeServicePrincipal": "rds.amazonaws.com", "Operations": all_operations},
	]
	policy.violation == set() with input as key(grants) with data.params as no_params
}

test_near_grants_that_differ_in_operations_or_constraints if {
	grants := [
		named("g1", own_role),
		object.union(named("g2", own_role), {"Operations": ["Decrypt"]}),
		object.union(named("g3", own_role), {"Constraints": {"EncryptionContextSubset": {"team": "web"}}}),
		named("g4", "arn:aws:iam::111122223333:role/other"),
	]
	policy.violation == set() with input as key(grants) with data.params as no_params
}

test_near_all_operations_but_one if {
	operations := [name | some name in all_operations; name != "RetireGrant"]
	grant := object.union(named("g1", own_role), {"Operations": operations})
	policy.violation == set() with input as key([grant]) with data.params as no_params
}

test_near_key_of_another_account if {
	not policy.applies with input as object.union(key([]), {"account": "222222222222"})
}
