# METADATA
# title: Grant on a KMS key is more than it should be
# description: >-
#   Judges each grant: one to an account that is not trusted, one of all operations of a symmetric key, and one that repeats
#   another. EC2's own (one for each attached volume), and those to services and own service-linked roles are left out.
# scope: package
# schemas:
#   - input: schema.kms_key
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
# custom:
#   severity: medium
#   resource: kms_key
#   remediation: |-
#     Add the account to params trusted_accounts, or withdraw the grant:
#     aws kms revoke-grant --key-id KEY_ARN --grant-id GRANT_ID
#   controls: []
#   params:
#     - name: trusted_accounts
#       type: list
#       default: []
#       meaning: ids of accounts that images, snapshots and keys may be shared with
package amiscan.encryption.kms_grant_excess

import data.amiscan.lib.key_actions
import data.amiscan.lib.key_grants
import data.amiscan.lib.key_principals

applies if input.account == input.unit_account

violation contains finding(grant, msg) if {
	some grant in judged
	key_principals.is_elsewhere(grant.GranteePrincipal, input.account)
	account := key_principals.account(grant.GranteePrincipal)
	not account in data.params.trusted_accounts
	words := [key_grants.label(grant), grant.GranteePrincipal, account]
	msg := sprintf("%s is for %s; to trust it: params: {trusted_accounts: [%q]}", words)
}

violation contains finding(grant, msg) if {
	some grant in judged
	count((key_actions.operations | rare) - {operation | some operation in grant.Operations}) == 0
	msg := sprintf("%s gives %s every operation", [key_grants.label(grant), grant.GranteePrincipal])
}

violation contains finding(grant, msg) if {
	some grant in judged
	some other in judged
	other.GrantId < grant.GrantId
	essence(other) == essence(grant)
	words := [key_grants.label(grant), grant.GranteePrincipal, key_grants.label(other)]
	msg := sprintf("%s gives %s what %s gives already", words)
}

rare := {"GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext", "RetireGrant"}

judged contains grant if {
	some grant in input.grants
	key_principals.is_arn(grant.GranteePrincipal)
	not key_grants.is_infrastructure(grant)
	not is_own_service_role(grant.GranteePrincipal)
}

is_own_service_role(grantee) if {
	key_principals.is_service_role(grantee)
	key_principals.in_account(grantee, input.account)
}

essence(grant) := [
	grant.GranteePrincipal,
	object.get(grant, "GranteeServicePrincipal", ""),
	object.get(grant, "Constraints", {}),
	{operation | some operation in grant.Operations},
]

finding(grant, msg) := {
	"msg": msg,
	"subject": grant.GrantId,
	"evidence": object.filter(grant, {"GrantId", "GranteePrincipal", "Operations", "Constraints", "IssuingAccount"}),
}
