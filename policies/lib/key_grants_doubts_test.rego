package amiscan.lib.key_grants_doubts_test

import data.amiscan.lib.key_grants
import data.amiscan.testing.key_access as tables

gives(grantee, principal) := key_grants.gives(tables.grant(grantee), "kms:Decrypt", principal, tables.owner)

# to is what a grant with the constraints gives a role of some actions.
to(constraints) := [key_grants.gives(grant, action, tables.role(tables.recipient), tables.owner) |
	grant := tables.changed(tables.grant(tables.role_arn(tables.recipient)), {"Constraints": constraints})
	some action in ["kms:Decrypt", "kms:ReEncryptFrom", "kms:GenerateDataKeyWithoutPlaintext", "kms:CreateGrant", "kms:DescribeKey"]
]

test_a_session_of_a_service_linked_role_is_not_the_account if {
	gives(tables.service_role_session(tables.recipient), tables.account(tables.recipient)) == "unknown"
	gives(tables.service_role_session(tables.recipient), tables.service_role(tables.recipient)) == "unknown"
	gives(tables.session_arn(tables.recipient), tables.account(tables.recipient)) == "delegate"
}

test_a_role_that_is_not_known_may_have_the_grant if {
	role := object.remove(tables.service_role(tables.recipient), ["arn"])
	gives(tables.service_role_arn(tables.recipient), role) == "unknown"
	gives(tables.role_arn(tables.recipient), role) == "no"
	gives(tables.service_role_arn(tables.owner), role) == "no"
}

test_constraints_of_a_kind_that_is_not_known_may_bind_anything if {
	unknown := ["unknown", "unknown", "unknown", "unknown", "unknown"]
	allowed := ["allow", "allow", "allow", "allow", "allow"]
	values := ["x", ["x"], {"a": "b"}, true, 1]
	{to({"Weather": value}) | some value in values} == {unknown}
	{to({"Weather": value}) | some value in ["", [], {}, null]} == {allowed}
	{to(odd) | some odd in ["x", ["x"], true]} == {unknown}
	{to(none) | some none in [{}, null]} == {allowed}
}

test_contexts_that_cannot_be_read_may_bind_all_but_describing if {
	kinds := ["EncryptionContextEquals", "EncryptionContextSubset"]
	odd := {to({kind: value}) | some kind in kinds; some value in ["x", 7, ["aws:ebs:id"]]}
	odd == {["unknown", "unknown", "unknown", "unknown", "allow"]}
}

# What is read of a snapshot may be under the id of the volume that it was made of.
test_one_volume_may_be_the_one_that_the_snapshot_is_made_of if {
	kinds := ["EncryptionContextEquals", "EncryptionContextSubset"]
	{to({kind: {"aws:ebs:id": "vol-0a"}}) | some kind in kinds} == {["unknown", "unknown", "no", "no", "allow"]}
}
