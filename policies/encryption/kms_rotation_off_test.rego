package amiscan.encryption.kms_rotation_off_test

import data.amiscan.encryption.kms_rotation_off as policy
import data.amiscan.testing.fixtures

key(fields, rotation) := fixtures.kms_key({"key": object.union(fixtures.key, fields), "key_rotation": rotation})

off := {"KeyRotationEnabled": false}

finding := {
	"msg": concat(" ", [
		"KMS does not rotate the key by itself:",
		"whatever is encrypted under it stays under the same key material",
	]),
	"evidence": off,
}

test_fail_rotation_off if {
	policy.violation == {finding} with input as key({}, off)
	policy.undecided == set() with input as key({}, off)
}

test_fail_what_kms_leaves_out_is_judged if {
	document := fixtures.kms_key({
		"key": object.remove(fixtures.key, ["KeyManager", "KeyState", "KeySpec", "Origin"]),
		"key_rotation": off,
	})
	policy.violation == {finding} with input as document
}

test_pass_rotation_on if {
	document := key({}, {"KeyRotationEnabled": true, "RotationPeriodInDays": 365})
	policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_not_applicable if {
	cases := [
		{"KeyManager": "AWS"},
		{"KeyState": "Disabled"},
		{"KeyState": "PendingDeletion"},
		{"KeySpec": "RSA_2048"},
		{"KeySpec": "HMAC_256"},
		{"Origin": "EXTERNAL"},
		{"Origin": "AWS_CLOUDHSM"},
		{"Origin": "EXTERNAL_KEY_STORE"},
	]
	every fields in cases {
		not policy.applies with input as key(fields, off)
		policy.violation == set() with input as key(fields, off)
		policy.undecided == set() with input as key(fields, {})
	}
}

test_unknown_without_an_answer if {
	every document in [key({}, {}), fixtures.not_found(key({}, off), "key_rotation")] {
		policy.violation == set() with input as document
		policy.undecided == {{"msg": "KMS does not say whether it rotates the key"}} with input as document
	}
}

test_near_key_of_another_account if {
	foreign := object.union(key({}, off), {"account": "222222222222"})
	not policy.applies with input as foreign
	policy.violation == set() with input as foreign
}
