# METADATA
# title: Imported material of a KMS key expires soon
# description: >-
#   Judges keys with imported material (Origin EXTERNAL): from the given number of days before ValidTo on, the key is
#   reported. On that day KMS deletes the material, and what is encrypted under the key can't be used until the same
#   material is imported again. A key with material that expires, but without a date, is undecided. So is a key in a
#   store of one's own (CloudHSM or external): until when its material lasts can't be seen from here. Keys whose material
#   KMS made are not applicable.
# scope: package
# schemas:
#   - input: schema.kms_key
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html
#   - ref: https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
# custom:
#   severity: high
#   resource: kms_key
#   remediation: |-
#     Import the same material again with a later date, or without one:
#     aws kms get-parameters-for-import --key-id KEY_ARN --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_4096
#     aws kms import-key-material --cli-input-json file://import.json
#     where import.json has KeyId, ImportToken, EncryptedKeyMaterial and
#     "ExpirationModel":"KEY_MATERIAL_DOES_NOT_EXPIRE".
#     Other material than before does not decrypt anything: keep a copy of it outside AWS.
#   controls: []
#   params:
#     - name: key_material_notice_days
#       type: number
#       default: 30
#       meaning: days before imported key material expires from which its key is reported; a whole number
package amiscan.encryption.key_material_expires

import data.amiscan.lib.when

applies if object.get(input.key, "Origin", "AWS_KMS") != "AWS_KMS"

violation contains when.shown(member) if {
	some member in due
	when.come(member, input.now)
}

due contains member if {
	input.key.Origin == "EXTERNAL"
	day := input.key.ValidTo
	member := {
		"msg": sprintf("the key's imported material expires on %s: the key can't be used from then on", [day]),
		"evidence": object.filter(input.key, {"Origin", "ValidTo", "ExpirationModel"}),
		"from": when.after_days(day, 0 - data.params.key_material_notice_days),
	}
}

undecided contains {"msg": "the key's imported material expires, but KMS does not say when"} if {
	input.key.ExpirationModel == "KEY_MATERIAL_EXPIRES"
	not input.key.ValidTo
}

undecided contains {"msg": sprintf("the key lives %s: until when its material lasts can't be seen", [store])} if {
	place := {"AWS_CLOUDHSM": "in a CloudHSM cluster", "EXTERNAL_KEY_STORE": "outside AWS"}[input.key.Origin]
	store := sprintf("%s (key store %s)", [place, object.get(input.key, "CustomKeyStoreId", "without an id")])
}
