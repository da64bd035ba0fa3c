package amiscan.lib.role_access_test

import data.amiscan.lib.role_access
import data.amiscan.testing.key_access as tables

own := tables.service_role_arn(tables.owner)

theirs := tables.service_role_arn(tables.recipient)

nowhere := {"account": "unknown", "partition": "aws", "region": "unknown"}

place := {"account": tables.owner, "partition": "aws", "region": "eu-west-1"}

# who is the role with this ARN; "" stands for one whose ARN is not known.
who(arn) := role_access.principal({"arn": known | known := arn; known != ""}, place, tables.key)

all := [tables.allow({"AWS": [own]}, ["kms:*"])]

seen(statements) := [{"Arn": tables.key.Arn, "Policy": tables.policy(statements)}]

granted(grants) := [{"Arn": tables.key.Arn, "Grants": grants}]

by_policy(arn, policies) := role_access.by_policy(tables.key, policies, who(arn), "destination").access

with_grants(arn, policies, grants) := role_access.with_grants(tables.key, policies, grants, who(arn), "destination").access

test_principal_is_of_the_role_s_account_and_the_key_s_region if {
	everything := {"type": "service_role", "account": tables.recipient, "arn": theirs, "partition": "aws", "region": "eu-west-1"}
	role_access.principal({"arn": theirs, "must": true}, place, tables.key) == everything
	role_access.principal({"arn": theirs}, nowhere, tables.key) == everything
	role_access.principal({"must": true}, place, tables.key) == object.remove(who(own), ["arn"])
}

test_keys_that_policy_and_grants_settle if {
	role_access.is_settled_by_policy(tables.key, place)
	role_access.is_settled_by_policy(tables.key, nowhere)
	role_access.is_settled_by_policy({"Arn": tables.key.Arn}, place)
	every fields in [{"KeyManager": "AWS"}, {"KeyState": "Disabled"}, {"KeySpec": "RSA_2048"}] {
		not role_access.is_settled_by_policy(object.union(tables.key, fields), place)
	}
	not role_access.is_settled_by_policy(tables.key, object.union(place, {"region": "us-east-1"}))
}

test_by_policy if {
	by_policy(own, seen(all)) == "allowed"
	by_policy(own, seen([tables.default_statement])) == "closed"
	by_policy(own, []) == "undecided"
	by_policy(own, [{"Arn": "arn:other", "Policy": tables.policy(all)}]) == "undecided"
	by_policy("", seen([tables.default_statement])) == "undecided"
	by_policy(theirs, seen([tables.default_statement])) == "closed"
	by_policy(theirs, []) == "undecided"
}

test_with_grants if {
	default_policy := seen([tables.default_statement])
	every arn in [own, theirs] {
		full := tables.grant(arn)
		without := object.union(full, {"Operations": [name | some name in tables.operations; name != "CreateGrant"]})
		with_grants(arn, default_policy, granted([full])) == "allowed"
		with_grants(arn, default_policy, granted([without])) == "closed"
		with_grants(arn, default_policy, [{"Arn": "arn:other", "Grants": [full]}]) == "undecided"
		every grants in [[], granted([]), granted([without])] {
			with_grants(arn, [], grants) == "undecided"
		}
	}
	with_grants("", default_policy, granted([tables.grant(own)])) == "undecided"
}

test_full_grant_where_the_policy_is_not_seen if {
	with_grants(own, [], granted([tables.grant(own)])) == "undecided"
	opened := sprintf("key %s is open to service-linked role %s by grant 0123abcd", [tables.key.Arn, theirs])
	text := "the policy of key %s, another account's, is not seen: only a grant can prove the access"
	every case in [
		{"policies": [], "reasons": [opened, sprintf(text, [tables.key.Arn])]},
		{"policies": seen([tables.default_statement]), "reasons": [opened]},
	] {
		told := role_access.with_grants(tables.key, case.policies, granted([tables.grant(theirs)]), who(theirs), "destination")
		told == {"access": "allowed", "final": false, "reasons": case.reasons}
	}
}
