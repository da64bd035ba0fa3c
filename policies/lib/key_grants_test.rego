package amiscan.lib.key_grants_test

import data.amiscan.lib.key_grants
import data.amiscan.testing.key_access as tables

# given is what a grant for the grantee gives somebody in an account, a role, one of its sessions and a service-linked
# role: of the key's own account and of another one; and an organization and an OU.
given(grantee) := {
	"own": [gives(tables.grant(grantee), principal) | some principal in of(tables.owner)],
	"other": [gives(tables.grant(grantee), principal) | some principal in of(tables.recipient)],
	"many": [gives(tables.grant(grantee), principal) | some principal in [tables.organization, tables.ou]],
}

gives(grant, principal) := key_grants.gives(grant, "kms:Decrypt", principal, tables.owner)

of(id) := [tables.account(id), tables.role(id), tables.session(id), tables.service_role(id)]

nobody := {"own": ["no", "no", "no", "no"], "other": ["no", "no", "no", "no"], "many": ["no", "no"]}

elsewhere(words) := object.union(nobody, {"other": words, "many": ["unknown", "unknown"]})

# to is a grant to the role of another account, but for the fields, and what it gives the role of some actions.
to(fields) := [key_grants.gives(grant, action, tables.role(tables.recipient), tables.owner) |
	grant := tables.changed(tables.grant(tables.role_arn(tables.recipient)), fields)
	some action in ["kms:Decrypt", "kms:CreateGrant", "kms:DescribeKey"]
]

infrastructure := "arn:aws:sts::444455556666:assumed-role/aws:ec2-infrastructure/i-0a"

test_account if {
	given(tables.root_arn(tables.recipient)) == elsewhere(["delegate", "delegate", "delegate", "no"])
	given(tables.recipient) == given(tables.root_arn(tables.recipient))
}

test_role if {
	given(tables.role_arn(tables.owner)) == object.union(nobody, {"own": ["delegate", "allow", "allow", "no"]})
	given(tables.role_arn(tables.recipient)) == elsewhere(["delegate", "allow", "allow", "no"])
}

test_session if given(tables.session_arn(tables.recipient)) == elsewhere(["delegate", "unknown", "allow", "no"])

test_service_linked_role if {
	given(tables.service_role_arn(tables.recipient)) == elsewhere(["unknown", "no", "no", "allow"])
}

test_service_that_launches_may_stand_for_anybody if {
	unknown := ["unknown", "unknown", "unknown", "unknown"]
	given("autoscaling.amazonaws.com") == {"own": unknown, "other": unknown, "many": ["unknown", "unknown"]}
	by_service := {"GranteeServicePrincipal": "ec2.eu-west-1.amazonaws.com", "Operations": ["Decrypt"]}
	gives(by_service, tables.role(tables.recipient)) == "unknown"
}

test_nobody if every grantee in ["rds.amazonaws.com", "AROACKCEVSQ6C2EXAMPLE", "*", "", 7, null, infrastructure] {
	given(grantee) == nobody
}

test_grants_that_cannot_be_read_give_nothing if every fields in [
	{"GranteePrincipal": null},
	{"Operations": null},
	{"Operations": "Decrypt"},
	{"Operations": ["kms:Decrypt", "*", "decrypt"]},
	{"Operations": []},
] {
	to(fields) == ["no", "no", "no"]
}

test_each_operation if to({"Operations": ["DescribeKey", "Decrypt"]}) == ["allow", "no", "allow"]

test_constraints if {
	[to({"Constraints": one}) | some one in [null, {"EncryptionContextSubset": {}, "SourceArn": ""}]] == [allowed, allowed]
	every kind in ["EncryptionContextEquals", "EncryptionContextSubset"] {
		to({"Constraints": {kind: {"team": "web"}}}) == ["unknown", "unknown", "allow"]
		to({"Constraints": {kind: {"team": "web", "aws:ebs:id": "vol-0a"}}}) == ["unknown", "no", "allow"]
	}
	to({"Constraints": {"SourceArn": "arn:aws:ec2:*"}}) == ["unknown", "unknown", "unknown"]
}

allowed := ["allow", "allow", "allow"]

test_label if [key_grants.label(grant) | some grant in [{"GrantId": "g1"}, {}]] == ["grant g1", "grant without an id"]
