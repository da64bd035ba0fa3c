# METADATA
# title: What looks as if it opened a key, and does not
# scope: package
package amiscan.lib.key_hints

import data.amiscan.lib.key_conditions
import data.amiscan.lib.key_principals as principals
import data.amiscan.lib.key_roles as roles
import data.amiscan.lib.key_sound
import data.amiscan.lib.key_statements

# hints are the statements that come near to opening the key to the principal, each with why it does not.
hints(findings) := {sprintf("%s %s", [key_statements.label(statement, i + 1), why]) |
	some i, statement in findings.policy.Statement
	key_sound.is_sound(statement)
	statement.Effect == "Allow"
	some name, why in reasons
	misses(name, statement, findings)
}

reasons := {
	"account": "opens the key to the account, which does not reach its service-linked roles",
	"named": "names the service-linked role, which helps only within the key's own account: it needs a grant",
	"deleted": "names a role or user that was deleted",
	"service": "names an AWS service, but EC2 uses keys with the credentials of who launches",
	"conditions": "has conditions that do not hold in a launch",
}

misses("account", statement, findings) if {
	findings.principal.type == "service_role"
	some entry in principals.entries(statement.Principal)
	principals.means_account(entry, findings.principal.account)
}

misses("named", statement, findings) if {
	findings.principal.type == "service_role"
	split(findings.key, ":")[4] != findings.principal.account
	some entry in principals.entries(statement.Principal)
	roles.names(entry, findings.principal)
}

misses("deleted", statement, _) if {
	some entry in principals.entries(statement.Principal)
	principals.is_deleted(entry)
}

misses("service", statement, _) if {
	some service in statement.Principal.Service
	regex.match(`^(ec2|autoscaling|spot|ec2fleet|spotfleet)\.`, service)
}

misses("conditions", statement, findings) if {
	concerns(statement, findings.principal)
	request := {"principal": findings.principal, "by": "ec2", "action": "kms:Decrypt"}
	key_conditions.hold(statement, request) == "false"
	not key_conditions.hold(statement, object.union(request, {"action": "kms:CreateGrant"})) == "true"
}

# concerns holds for a statement that names everybody or somebody of the principal's account: others miss it anyhow.
concerns(statement, _) if "*" in principals.entries(statement.Principal)

concerns(statement, principal) if {
	some entry in principals.entries(statement.Principal)
	principals.in_account(entry, principal.account)
}
