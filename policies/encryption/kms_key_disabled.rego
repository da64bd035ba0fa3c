# METADATA
# title: KMS key of EBS data can't be used
# description: >-
#   Judges the key's state: a key that is Disabled, without key material (PendingImport) or cut off from its key store
#   (Unavailable) can't decrypt anything. What is encrypted under it can't be launched, copied or restored, and
#   instances with such volumes do not start again once they are stopped. Keys that are to be deleted or that do not
#   exist are left to encryption/kms-key-pending-deletion. A key that is being created, or in a state that is not known
#   here, is undecided.
# scope: package
# schemas:
#   - input: schema.kms_key
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html
# custom:
#   severity: high
#   resource: kms_key
#   remediation: |-
#     If anything still needs the key, make it usable again. A disabled key:
#     aws kms enable-key --key-id KEY_ARN
#     A key without material: import the same material again.
#     aws kms get-parameters-for-import --key-id KEY_ARN --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_4096
#     A key that is cut off: connect its key store.
#     aws kms connect-custom-key-store --custom-key-store-id KEY_STORE_ID
#     To retire the key, first copy what is to stay under another one.
#   controls: []
package amiscan.encryption.kms_key_disabled

applies if {
	is_object(input.key)
	not dying
}

dying if input.key.KeyState in {"PendingDeletion", "PendingReplicaDeletion"}

violation contains {"msg": msg, "evidence": evidence} if {
	state := input.key.KeyState
	reason := unusable[state]
	msg := sprintf("the key can't be used: %s (%s)", [reason, state])
	evidence := object.filter(input.key, {"KeyState", "Origin", "CustomKeyStoreId"})
}

undecided contains {"msg": sprintf("the key is in the state %v: whether it can be used is not known", [state])} if {
	applies
	state := object.get(input.key, "KeyState", "that KMS does not tell")
	not state in ({"Enabled", "Updating"} | object.keys(unusable))
}

unusable := {
	"Disabled": "it is switched off",
	"PendingImport": "it has no key material",
	"Unavailable": "its key store can't be reached",
}
