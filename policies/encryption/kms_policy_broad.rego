# METADATA
# title: KMS key policy gives more than it should
# description: >-
#   Judges each Allow: one with NotAction gives every action that AWS adds one day; administration of the key is for its own
#   account; and another account that uses it should be a trusted one. Statements for everybody are left to
#   encryption/kms-policy-public, conditions are not looked at.
# scope: package
# schemas:
#   - input: schema.kms_key
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html
# custom:
#   severity: medium
#   resource: kms_key
#   default: false
#   remediation: |-
#     To trust the account, add it to params trusted_accounts. Otherwise name the actions that are needed, in place of
#     NotAction or kms:*, and take out the accounts that are not:
#     aws kms get-key-policy --key-id KEY_ARN --policy-name default --query Policy --output text
#     aws kms put-key-policy --key-id KEY_ARN --policy-name default --policy file://POLICY.json
#   controls: []
#   params:
#     - name: trusted_accounts
#       type: list
#       default: []
#       meaning: ids of accounts that images, snapshots and keys may be shared with
package amiscan.encryption.kms_policy_broad

import data.amiscan.lib.key_actions
import data.amiscan.lib.key_principals
import data.amiscan.lib.key_sound
import data.amiscan.lib.key_statements

applies if input.account == input.unit_account

violation contains {"msg": msg, "subject": label, "evidence": {"NotAction": statement.NotAction}} if {
	some [label, statement] in allows
	msg := sprintf("%s allows all actions but %s", [label, concat(", ", statement.NotAction)])
}

violation contains {"msg": msg, "subject": subject(label, entry), "evidence": {"Principal": entry}} if {
	some [label, statement, entry] in foreign
	some action in ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]
	key_actions.named(statement, action)
	msg := sprintf("%s lets %s administer the key: %s", [label, entry, action])
}

violation contains {"msg": msg, "subject": subject(label, entry), "evidence": {"Principal": entry}} if {
	some [label, _, entry] in foreign
	account := key_principals.account(entry)
	not account in data.params.trusted_accounts
	msg := sprintf("%s opens the key to %s; to trust it: params: {trusted_accounts: [%q]}", [label, entry, account])
}

undecided contains {"msg": sprintf("%s cannot be read", [label]), "subject": label} if {
	some i, statement in input.key_policy.Statement
	not key_sound.is_sound(statement)
	label := key_statements.label(statement, i + 1)
}

allows contains [label, statement] if {
	some i, statement in input.key_policy.Statement
	label := key_statements.label(statement, i + 1)
	key_sound.is_sound(statement)
	statement.Effect == "Allow"
}

# foreign has each entry for another account.
foreign contains [label, statement, entry] if {
	some [label, statement] in allows
	some entry in key_principals.entries(statement.Principal)
	key_principals.is_elsewhere(entry, input.account)
}

subject(label, entry) := sprintf("%s, %s", [label, entry])
