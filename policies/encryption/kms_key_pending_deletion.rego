# METADATA
# title: KMS key is scheduled for deletion or does not exist any more
# description: >-
#   Judges the key's state. In PendingDeletion and PendingReplicaDeletion (the primary of a multi-Region key that still
#   has replicas, so without a date yet) a key can't be used for cryptography already, so this is wrong now and not only
#   from the day of deletion. What is encrypted under it can't be launched, copied or restored; once the key is deleted,
#   its data is lost. A key that KMS does not find is judged only in the account that owns it. AWS managed keys can't be
#   scheduled for deletion. Disabled keys are not judged here.
# scope: package
# schemas:
#   - input: schema.kms_key
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
# custom:
#   severity: critical
#   resource: kms_key
#   remediation: |-
#     If anything still needs the key, cancel the deletion and enable the key again:
#     aws kms cancel-key-deletion --key-id KEY_ARN
#     aws kms enable-key --key-id KEY_ARN
#     To retire it nevertheless, first do the same and copy what is to stay under another key.
#     Nothing brings a deleted key back: what is encrypted under it can only be removed.
#   controls:
#     - FSBP/KMS.3
#     - Config/kms-cmk-not-scheduled-for-deletion
#     - NIST-800-53-r5/SC-12
#     - NIST-800-53-r5/SC-12(2)
package amiscan.encryption.kms_key_pending_deletion

violation contains {"msg": msg, "evidence": evidence} if {
	input.key.KeyState in {"PendingDeletion", "PendingReplicaDeletion"}
	msg := sprintf("the key can't be used: KMS is to delete it %s", [day])
	evidence := object.filter(input.key, {"KeyState", "DeletionDate", "PendingDeletionWindowInDays"})
}

violation contains {"msg": msg, "evidence": {"Arn": input.arn}} if {
	input.status.key == "not_found"
	owned
	msg := "the key does not exist any more: what is encrypted under it can't be used"
}

undecided contains {"msg": msg} if {
	input.status.key == "not_found"
	not owned
	msg := "KMS does not find this key of another account: it may be gone, or not be shown to this account"
}

undecided contains {"msg": "KMS does not say which state the key is in"} if {
	input.key
	not input.key.KeyState
}

owned if input.account == input.unit_account

default day := "once its replicas are deleted"

day := sprintf("after %s", [input.key.DeletionDate])
