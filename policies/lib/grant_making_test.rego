package amiscan.lib.grant_making_test

import data.amiscan.lib.grant_making
import data.amiscan.testing.key_access as tables

recipient := tables.account(tables.recipient)

role := tables.service_role_arn(tables.recipient)

# roles_of is a pattern for service-linked roles of an account.
roles_of(id) := sprintf("arn:aws:iam::%s:role/aws-service-role/*", [id])

for_ec2(value) := {"Bool": {"kms:GrantIsForAWSResource": [value]}}

for_team := {"StringEquals": {"aws:PrincipalTag/team": ["web"]}}

make := tables.allow({"AWS": [tables.recipient]}, ["kms:CreateGrant"])

# word is what is certain for the recipient under these statements, with these grants.
word(statements, grants) := grant_making.word(tables.key, tables.policy(statements), grants, recipient)

made(condition) := word([tables.on_condition(make, condition)], [])

only_for(operator, roles) := made({operator: {"kms:GranteePrincipal": roles}})

granted(grantee, fields) := word([], [tables.changed(tables.grant(grantee), fields)])

test_by_hand if {
	conditions := [{}, for_ec2("false"), for_ec2("true"), {"StringLike": {"kms:ViaService": ["ec2.*"]}}, for_team, "odd"]
	[made(condition) | some condition in conditions] == ["delegate", "delegate", "no", "no", "unknown", "unknown"]
}

test_denied_by_hand if {
	denials := [tables.on_condition(make, condition) | some condition in [for_ec2("false"), for_ec2("true"), for_team]]
	[word([make, object.union(denial, {"Effect": "Deny"})], []) | some denial in denials] == ["no", "delegate", "unknown"]
}

test_for_one_of_the_roles_that_launch if {
	names := ["autoscaling.*AutoScaling", "spot.*EC2Spot", "ec2fleet.*EC2Fleet", "spotfleet.*EC2SpotFleet", "rds.*RDS"]
	patterns := [replace(roles_of(tables.recipient), "*", name) | some name in names]
	words := [only_for("StringLike", ["arn:aws:iam::444455556666:role/app", pattern]) | some pattern in patterns]
	words == ["delegate", "delegate", "delegate", "delegate", "no"]
}

test_for_roles_that_the_policy_names if {
	only_for("StringEquals", [concat("", [role, "_golden"])]) == "delegate"
	only_for("StringLike", [roles_of(tables.recipient)]) == "delegate"
	only_for("ArnLike", [replace(role, tables.recipient, "*")]) == "delegate"
	others := ["arn:aws:iam::444455556666:role/app", roles_of(tables.owner), tables.service_role_arn("777788889999")]
	only_for("StringLike", others) == "no"
}

test_a_grant_that_a_role_has if {
	granted(role, {}) == "allow"
	granted(role, {"Constraints": {"SourceArn": "arn:aws:ec2:*"}}) == "unknown"
	granted("autoscaling.amazonaws.com", {}) == "unknown"
	grantees := [tables.service_role_arn("777788889999"), tables.role_arn(tables.owner), null]
	[granted(grantee, {}) | some grantee in grantees] == ["no", "no", "no"]
	[granted(role, {"Operations": given}) | some given in [["Decrypt"], ["CreateGrant"], null]] == ["no", "no", "no"]
}

test_a_grant_that_can_be_handed_on if {
	operations := [tables.operations, ["CreateGrant"], ["Decrypt"]]
	[granted(tables.role_arn(tables.recipient), {"Operations": given}) | some given in operations] == ["delegate", "delegate", "no"]
}

test_policies_and_statements_that_cannot_be_read if {
	policies := [null, {}, {"Statement": "odd"}, tables.policy([tables.changed(make, {"Principal": "*"})])]
	words := [grant_making.word(tables.key, policy, [], recipient) | some policy in policies]
	words == ["unknown", "unknown", "unknown", "unknown"]
}

test_organization_whose_accounts_are_not_known if {
	all := tables.allow({"AWS": ["*"]}, ["kms:*"])
	one_role := {"StringEquals": {"kms:GranteePrincipal": [role]}}
	statements := [all, tables.on_condition(all, for_ec2("true")), tables.on_condition(all, one_role), make]
	grants := [tables.grant(role)]
	words := [grant_making.word(tables.key, tables.policy([one]), grants, tables.organization) | some one in statements]
	words == ["delegate", "no", "unknown", "unknown"]
}
