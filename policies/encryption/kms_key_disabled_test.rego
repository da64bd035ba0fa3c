package amiscan.encryption.kms_key_disabled_test

import data.amiscan.encryption.kms_key_disabled as policy
import data.amiscan.testing.fixtures

key(fields) := fixtures.kms_key({"key": object.union(fixtures.key, fields)})

finding(reason, state, origin) := {
	"msg": sprintf("the key can't be used: %s (%s)", [reason, state]),
	"evidence": {"KeyState": state, "Origin": origin},
}

test_fail_disabled if {
	document := key({"KeyState": "Disabled", "Enabled": false})
	policy.applies with input as document
	policy.violation == {finding("it is switched off", "Disabled", "AWS_KMS")} with input as document
	policy.undecided == set() with input as document
}

test_fail_without_material if {
	policy.violation == {finding("it has no key material", "PendingImport", "EXTERNAL")}
		with input as key({"KeyState": "PendingImport", "Origin": "EXTERNAL"})
}

test_fail_cut_off if {
	fields := {"KeyState": "Unavailable", "Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": "cks-0a"}
	policy.violation == {{
		"msg": "the key can't be used: its key store can't be reached (Unavailable)",
		"evidence": fields,
	}} with input as key(fields)
}

test_pass_usable_states if {
	every state in ["Enabled", "Updating"] {
		policy.applies with input as key({"KeyState": state})
		policy.violation == set() with input as key({"KeyState": state})
		policy.undecided == set() with input as key({"KeyState": state})
	}
}

test_near_to_be_deleted_is_left_to_another_policy if {
	every state in ["PendingDeletion", "PendingReplicaDeletion"] {
		not policy.applies with input as key({"KeyState": state})
		policy.violation == set() with input as key({"KeyState": state})
		policy.undecided == set() with input as key({"KeyState": state})
	}
}

test_near_key_that_does_not_exist if {
	document := fixtures.not_found(key({}), "key")
	not policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_unknown_states if {
	every state in ["Creating", "Melting"] {
		policy.violation == set() with input as key({"KeyState": state})
		policy.undecided == {{
			"msg": sprintf("the key is in the state %s: whether it can be used is not known", [state]),
		}} with input as key({"KeyState": state})
	}
	silent := fixtures.kms_key({"key": object.remove(fixtures.key, ["KeyState"])})
	policy.undecided == {{
		"msg": "the key is in the state that KMS does not tell: whether it can be used is not known",
	}} with input as silent
}
