package amiscan.encryption.key_material_expires_test

import data.amiscan.encryption.key_material_expires as policy
import data.amiscan.testing.fixtures

key(fields) := fixtures.kms_key({"key": object.union(fixtures.key, fields)})

imported(day) := {"Origin": "EXTERNAL", "ValidTo": day, "ExpirationModel": "KEY_MATERIAL_EXPIRES"}

params := {"key_material_notice_days": 30}

finding(day) := {
	"msg": sprintf("the key's imported material expires on %s: the key can't be used from then on", [day]),
	"evidence": imported(day),
}

test_fail_from_the_first_day_of_notice if {
	day := "2026-12-22T12:00:00Z"
	policy.violation == {finding(day)} with input as key(imported(day)) with data.params as params
	policy.undecided == set() with input as key(imported(day)) with data.params as params
}

test_fail_expired if {
	day := "2026-11-01T00:00:00Z"
	policy.violation == {finding(day)} with input as key(imported(day)) with data.params as params
}

test_pass_expires_later if {
	day := "2026-12-22T12:00:01Z"
	policy.applies with input as key(imported(day)) with data.params as params
	policy.violation == set() with input as key(imported(day)) with data.params as params
	policy.due == {object.union(finding(day), {"from": "2026-11-22T12:00:01Z"})} with input as key(imported(day))
		with data.params as params
}

test_near_shorter_notice if {
	policy.violation == set() with input as key(imported("2026-12-22T12:00:00Z"))
		with data.params as {"key_material_notice_days": 29}
}

test_near_material_that_does_not_expire if {
	document := key({"Origin": "EXTERNAL", "ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE"})
	policy.applies with input as document
	policy.violation == set() with input as document with data.params as params
	policy.undecided == set() with input as document
}

test_near_material_of_kms if {
	document := key({"ValidTo": "2026-11-23T00:00:00Z"})
	not policy.applies with input as document
	policy.violation == set() with input as document with data.params as params
	policy.undecided == set() with input as document
}

test_near_key_without_an_origin if {
	not policy.applies with input as fixtures.kms_key({"key": object.remove(fixtures.key, ["Origin"])})
}

test_unknown_day if {
	document := fixtures.kms_key({"key": object.remove(key(imported("")).key, ["ValidTo"])})
	policy.violation == set() with input as document with data.params as params
	policy.undecided == {{"msg": "the key's imported material expires, but KMS does not say when"}} with input as document
}

test_unknown_key_store if {
	cluster := key({"Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": "cks-0a"})
	policy.undecided == {{"msg": concat(" ", [
		"the key lives in a CloudHSM cluster (key store cks-0a):",
		"until when its material lasts can't be seen",
	])}} with input as cluster
	policy.violation == set() with input as cluster with data.params as params
	outside := key({"Origin": "EXTERNAL_KEY_STORE"})
	policy.undecided == {{"msg": concat(" ", [
		"the key lives outside AWS (key store without an id):",
		"until when its material lasts can't be seen",
	])}} with input as outside
}
