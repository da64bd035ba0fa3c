# METADATA
# title: KMS key of EBS data is not rotated by itself
# description: >-
#   Judges the account's own customer managed keys for symmetric encryption whose material KMS made and which are enabled. Others are not
#   applicable: AWS rotates its own keys, and KMS can't rotate asymmetric and HMAC keys, imported material and keys in a
#   key store of one's own by itself. A field that KMS leaves out exempts no key. Rotation keeps the older material:
#   nothing has to be encrypted anew. Of a multi-Region key, the primary's setting holds for all.
# scope: package
# schemas:
#   - input: schema.kms_key
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html
# custom:
#   severity: medium
#   resource: kms_key
#   remediation: |-
#     Switch rotation on in the account that owns the key (of a multi-Region key, at its primary):
#     aws kms enable-key-rotation --key-id KEY_ARN --rotation-period-in-days 365
#   controls:
#     - FSBP/KMS.4
#     - Config/cmk-backing-key-rotation-enabled
#     - NIST-800-53-r5/SC-12
#     - NIST-800-53-r5/SC-12(2)
#     - NIST-800-53-r5/SC-28(3)
#     - PCI-DSS-4.0/3.7.4
#     - PCI-DSS-4.0/3.7.5
package amiscan.encryption.kms_rotation_off

applies if {
	input.account == input.unit_account
	object.get(input.key, "KeyManager", "CUSTOMER") == "CUSTOMER"
	object.get(input.key, "KeyState", "Enabled") == "Enabled"
	object.get(input.key, "KeySpec", "SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT"
	object.get(input.key, "Origin", "AWS_KMS") == "AWS_KMS"
}

violation contains {"msg": msg, "evidence": evidence} if {
	applies
	input.key_rotation.KeyRotationEnabled == false
	msg := "KMS does not rotate the key by itself: whatever is encrypted under it stays under the same key material"
	evidence := {"KeyRotationEnabled": false}
}

undecided contains {"msg": "KMS does not say whether it rotates the key"} if {
	applies
	not stated
}

stated if is_boolean(input.key_rotation.KeyRotationEnabled)
