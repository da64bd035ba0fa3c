# METADATA
# title: The decision tables of who can use a key, as examples
# description: >-
#   Each of `rows` is {"table", "row" (the condition in words), "source" (the page of AWS), "given", "want"}. Tests go over
#   all rows, and the documentation page on shared keys is made from them. Tables: A which key a volume needs, B the key
#   itself, C actions, D a statement and a principal, E conditions, F the whole, G grants, H who launches. Only tests and
#   that page read this package.
# scope: package
package amiscan.testing.key_access

owner := "111122223333"

recipient := "444455556666"

place := {"partition": "aws", "region": "eu-west-1"}

key := {
	"AWSAccountId": owner,
	"Arn": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
	"KeyManager": "CUSTOMER",
	"KeySpec": "SYMMETRIC_DEFAULT",
	"KeyState": "Enabled",
	"KeyUsage": "ENCRYPT_DECRYPT",
	"MultiRegion": false,
	"Origin": "AWS_KMS",
}

# The principals that the tables' columns stand for.
account(id) := object.union(place, {"type": "account", "account": id})

role(id) := object.union(place, {"type": "role", "account": id, "arn": role_arn(id)})

role_arn(id) := sprintf("arn:aws:iam::%s:role/launcher", [id])

session_arn(id) := sprintf("arn:aws:sts::%s:assumed-role/launcher/build", [id])

session(id) := object.union(role(id), {"arn": session_arn(id)})

service_role(id) := object.union(place, {"type": "service_role", "account": id, "arn": service_role_arn(id)})

service_role_arn(id) := concat("", [
	sprintf("arn:aws:iam::%s:role/aws-service-role/autoscaling.amazonaws.com/", [id]),
	"AWSServiceRoleForAutoScaling",
])

service_role_session(id) := sprintf("arn:aws:sts::%s:assumed-role/AWSServiceRoleForAutoScaling/build", [id])

organization := object.union(place, {"type": "organization", "organization": "o-a1b2c3d4e5"})

ou := object.union(place, {"type": "ou", "organization": "o-a1b2c3d4e5", "ou": "ou-ab12-cdefgh34"})

member := object.union(account(recipient), {"organization": "o-a1b2c3d4e5"})

root_arn(id) := sprintf("arn:aws:iam::%s:root", [id])

# Statements and policies.
allow(principal, actions) := {"Effect": "Allow", "Principal": principal, "Action": actions, "Resource": ["*"]}

deny(principal, actions) := object.union(allow(principal, actions), {"Effect": "Deny"})

on_condition(statement, condition) := object.union(statement, {"Condition": condition})

policy(statements) := {"Version": "2012-10-17", "Statement": statements}

default_statement := object.union(
	allow({"AWS": [root_arn(owner)]}, ["kms:*"]),
	{"Sid": "Enable IAM User Permissions"},
)

use_actions := [
	"kms:DescribeKey",
	"kms:Decrypt",
	"kms:GenerateDataKeyWithoutPlaintext",
	"kms:ReEncryptFrom",
	"kms:ReEncryptTo",
	"kms:CreateGrant",
]

service_role_actions := ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]

# organization_actions are those of the example in AWS's page on sharing with an organization: no CreateGrant.
organization_actions := ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:ReEncrypt*"]

operations := [
	"Encrypt",
	"Decrypt",
	"ReEncryptFrom",
	"ReEncryptTo",
	"GenerateDataKey",
	"GenerateDataKeyWithoutPlaintext",
	"DescribeKey",
	"CreateGrant",
]

grant(grantee) := {"GrantId": "0123abcd", "GranteePrincipal": grantee, "Operations": operations}

# changed is the object with the fields in place of its own: object.union would mix what is in them.
changed(whole, fields) := object.union(object.remove(whole, object.keys(fields)), fields)

row(table, condition, source, given, want) := {
	"table": table,
	"row": condition,
	"source": source,
	"given": given,
	"want": want,
}

rows := [example |
	some table in [rows_a, rows_b, rows_c, rows_d, rows_e, rows_f, rows_g, rows_h]
	some example in table
]
