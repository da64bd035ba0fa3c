package amiscan.lib.key_statements_resources_test

import data.amiscan.lib.key_statements
import data.amiscan.testing.key_access as tables

request := {"principal": tables.account(tables.recipient), "by": "ec2", "action": "kms:Decrypt"}

use := tables.allow({"AWS": [tables.recipient]}, ["kms:Decrypt"])

# said is what an Allow gives and a Deny forbids of the request, on the resources.
said(element, resources) := [
	key_statements.gives(allow, request, tables.key.Arn),
	key_statements.denies(deny, request, tables.key.Arn),
] if {
	one := object.union(object.remove(use, ["Resource"]), {element: resources})
	policy := tables.policy([one, object.union(one, {"Effect": "Deny"})])
	[allow, deny] := key_statements.met(policy, request.principal, tables.owner)
}

# A policy variable in Resource stands for what the request brings.
test_a_policy_variable_leaves_both_open if {
	variable := "arn:aws:kms:*:${aws:PrincipalAccount}:key/*"
	said("Resource", [variable]) == ["unknown", "unknown"]
	said("NotResource", [variable]) == ["unknown", "unknown"]
	said("Resource", [variable, "*"]) == ["delegate", "true"]
	said("NotResource", [variable, "*"]) == ["no", "false"]
}
