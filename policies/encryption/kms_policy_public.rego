# METADATA
# title: KMS key policy lets everybody use the key
# description: >-
#   Judges each Allow for * or with NotPrincipal. It is public unless a condition fixes the caller's account or organization,
#   or the ARN of the caller or of what a service works for; kms:ViaService fixes nobody. Other conditions, such as addresses
#   and tags, and a Deny that looks at who calls leave it undecided.
# scope: package
# schemas:
#   - input: schema.kms_key
# related_resources:
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-5
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
# custom:
#   severity: critical
#   resource: kms_key
#   remediation: |-
#     Name the accounts or roles in Principal, or keep Principal "*" and demand who calls:
#     StringEquals kms:CallerAccount ACCOUNT_ID or StringEquals aws:PrincipalOrgID o-ID.
#     aws kms get-key-policy --key-id KEY_ARN --policy-name default --query Policy --output text
#     aws kms put-key-policy --key-id KEY_ARN --policy-name default --policy file://POLICY.json
#   controls: [FSBP/KMS.5]
package amiscan.encryption.kms_policy_public

import data.amiscan.lib.key_actions
import data.amiscan.lib.key_openness
import data.amiscan.lib.key_sound
import data.amiscan.lib.key_statements

applies if input.account == input.unit_account

violation contains {"msg": msg, "subject": label, "evidence": evidence} if {
	some [label, statement, "open"] in broad
	denials == ""
	msg := sprintf("%s opens the key to everybody: no condition fixes who calls", [label])
	evidence := object.filter(statement, {"Principal", "NotPrincipal", "Action", "NotAction", "Condition"})
}

undecided contains {"msg": msg, "subject": label} if {
	some [label, _, "open"] in broad
	denials != ""
	msg := sprintf("%s is open to everybody, unless %s keeps strangers out", [label, denials])
}

undecided contains {"msg": msg, "subject": label} if {
	some [label, _, "unknown"] in broad
	msg := sprintf("%s is for everybody; whether its conditions narrow that is not seen", [label])
}

undecided contains {"msg": sprintf("%s cannot be read", [label]), "subject": label} if {
	some [label, statement] in statements
	not key_sound.is_sound(statement)
}

statements contains [label, statement] if {
	some i, statement in input.key_policy.Statement
	label := key_statements.label(statement, i + 1)
}

broad contains [label, statement, openness] if {
	some [label, statement] in statements
	openness := key_openness.openness(statement)
	key_sound.is_sound(statement)
	statement.Effect == "Allow"
	key_openness.for_everybody(statement)
}

# denials are the statements that may take back from strangers what the others give.
denials := concat(", ", sort([label |
	some [label, statement] in statements
	key_sound.is_sound(statement)
	statement.Effect == "Deny"
	key_openness.for_everybody(statement)
	key_actions.named(statement, "kms:Decrypt")
	keeps_out(statement)
]))

keeps_out(statement) if not statement.Condition

keeps_out(statement) if key_openness.mentions_callers(statement)
