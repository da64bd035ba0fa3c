package amiscan.testing.key_access

# Table E of who can use a key, the conditions.

condition_keys := "KMS Developer Guide, Condition keys for AWS KMS"

global_keys := "IAM User Guide, AWS global condition context keys"

ebs_context := "KMS Developer Guide, How Amazon Elastic Block Store uses AWS KMS"

operators := "IAM User Guide, Condition operators"

many_values := "IAM User Guide, Multivalued context keys"

contested := "IAM User Guide, Condition operators; IAM User Guide, Single-valued vs. multivalued context keys"

# asked is a condition and the request that it is held against: Decrypt by EC2 for somebody of an account in an
# organization, but for the changes.
asked(operator, name, values, changes) := object.union(
	changed({"principal": member, "action": "kms:Decrypt", "by": "ec2"}, changes),
	{"condition": {operator: {name: values}}},
)

by_whom(principal) := {"principal": principal}

for_grant := {"action": "kms:CreateGrant"}

for_data_key := {"action": "kms:GenerateDataKeyWithoutPlaintext"}

by_hand := {"action": "kms:CreateGrant", "by": "hand", "grantee": service_role_arn(recipient)}

loner := object.union(account(recipient), {"organization": ""})

ou_path := "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-cdefgh34/"

placed := object.union(member, {"path": ou_path})

placed_ou := object.union(ou, {"path": ou_path})

two_conditions(id, region) := changed(asked("StringEquals", "aws:PrincipalOrgID", [id], {}), {"condition": {
	"StringLike": {"kms:ViaService": [sprintf("ec2.%s.*", [region])]},
	"StringEquals": {"aws:PrincipalOrgID": [id]},
}})

two_keys(id) := changed(asked("StringEquals", "aws:PrincipalOrgID", [id], {}), {"condition": {"StringEquals": {
	"aws:PrincipalOrgID": [id],
	"aws:PrincipalTag/team": ["web"],
}}})

rows_e := [example | some part in [on_kms_keys, on_aws_keys, on_operators]; some example in part]

on_kms_keys := [
	row(
		"E",
		"kms:ViaService is EC2 in the Region",
		condition_keys,
		asked("StringEquals", "kms:ViaService", ["ec2.eu-west-1.amazonaws.com"], {}),
		"true",
	),
	row(
		"E",
		"kms:ViaService is EC2 in the Region, CreateGrant",
		condition_keys,
		asked("StringEquals", "kms:ViaService", ["ec2.eu-west-1.amazonaws.com"], for_grant),
		"true",
	),
	row(
		"E",
		"kms:ViaService is EC2 in another Region",
		condition_keys,
		asked("StringEquals", "kms:ViaService", ["ec2.us-east-1.amazonaws.com"], {}),
		"false",
	),
	row(
		"E",
		"kms:ViaService is EC2 in any Region",
		condition_keys,
		asked("StringLike", "kms:ViaService", ["ec2.*.amazonaws.com"], {}),
		"true",
	),
	row(
		"E",
		"kms:ViaService is autoscaling",
		condition_keys,
		asked("StringEquals", "kms:ViaService", ["autoscaling.eu-west-1.amazonaws.com"], {}),
		"false",
	),
	row(
		"E",
		"kms:ViaService is ebs",
		condition_keys,
		asked("StringEquals", "kms:ViaService", ["ebs.eu-west-1.amazonaws.com"], {}),
		"false",
	),
	row(
		"E",
		"kms:ViaService is rds",
		condition_keys,
		asked("StringEquals", "kms:ViaService", ["rds.eu-west-1.amazonaws.com"], {}),
		"false",
	),
	row(
		"E",
		"kms:ViaService is one of two services",
		condition_keys,
		asked("StringEquals", "kms:ViaService", ["rds.eu-west-1.amazonaws.com", "ec2.eu-west-1.amazonaws.com"], {}),
		"true",
	),
	row(
		"E",
		"kms:ViaService, and a person who creates a grant",
		condition_keys,
		asked("StringEquals", "kms:ViaService", ["ec2.eu-west-1.amazonaws.com"], by_hand),
		"false",
	),
	row(
		"E",
		"kms:ViaService is EC2 in China",
		condition_keys,
		asked(
			"StringEquals",
			"kms:ViaService",
			["ec2.cn-north-1.amazonaws.com.cn"],
			by_whom(object.union(member, {"partition": "aws-cn", "region": "cn-north-1"})),
		),
		"unknown",
	),
	row(
		"E",
		"kms:ViaService is another service in China",
		condition_keys,
		asked(
			"StringEquals",
			"kms:ViaService",
			["rds.cn-north-1.amazonaws.com.cn"],
			by_whom(object.union(member, {"partition": "aws-cn", "region": "cn-north-1"})),
		),
		"false",
	),
	row(
		"E",
		"kms:ViaService is EC2 in a partition whose domain is not documented",
		condition_keys,
		asked(
			"StringEquals",
			"kms:ViaService",
			["ec2.us-iso-east-1.amazonaws.com"],
			by_whom(object.union(member, {"partition": "aws-iso", "region": "us-iso-east-1"})),
		),
		"unknown",
	),
	row(
		"E",
		"kms:ViaService, the Region not known",
		condition_keys,
		asked(
			"StringEquals",
			"kms:ViaService",
			["ec2.us-east-1.amazonaws.com"],
			by_whom(object.union(member, {"region": "unknown"})),
		),
		"unknown",
	),
	row(
		"E",
		"kms:ViaService is EC2 in GovCloud",
		condition_keys,
		asked(
			"StringEquals",
			"kms:ViaService",
			["ec2.us-gov-west-1.amazonaws.com"],
			by_whom(object.union(member, {"partition": "aws-us-gov", "region": "us-gov-west-1"})),
		),
		"true",
	),
	row(
		"E",
		"kms:CallerAccount is the launcher's",
		condition_keys,
		asked("StringEquals", "kms:CallerAccount", [recipient], {}),
		"true",
	),
	row(
		"E",
		"kms:CallerAccount is another account",
		condition_keys,
		asked("StringEquals", "kms:CallerAccount", [owner], {}),
		"false",
	),
	row(
		"E",
		"kms:CallerAccount is that of the service-linked role",
		condition_keys,
		asked("StringEquals", "kms:CallerAccount", [recipient], by_whom(service_role(recipient))),
		"true",
	),
	row(
		"E",
		"kms:CallerAccount, the launcher's not known",
		condition_keys,
		asked("StringEquals", "kms:CallerAccount", [recipient], by_whom(account("unknown"))),
		"unknown",
	),
	row(
		"E",
		"kms:CallerAccount is one account, and an organization launches",
		condition_keys,
		asked("StringEquals", "kms:CallerAccount", [recipient], by_whom(organization)),
		"unknown",
	),
	row(
		"E",
		"kms:GrantIsForAWSResource, CreateGrant by EC2",
		condition_keys,
		asked("Bool", "kms:GrantIsForAWSResource", ["true"], for_grant),
		"true",
	),
	row(
		"E",
		"kms:GrantIsForAWSResource written in another case",
		condition_keys,
		asked("Bool", "kms:GrantIsForAWSResource", ["True"], for_grant),
		"true",
	),
	row(
		"E",
		"kms:GrantIsForAWSResource, Decrypt in the same statement",
		condition_keys,
		asked("Bool", "kms:GrantIsForAWSResource", ["true"], {}),
		"false",
	),
	row(
		"E",
		"kms:GrantIsForAWSResource with IfExists, Decrypt in the same statement",
		condition_keys,
		asked("BoolIfExists", "kms:GrantIsForAWSResource", ["true"], {}),
		"true",
	),
	row(
		"E",
		"kms:GrantIsForAWSResource with IfExists, CreateGrant by EC2",
		condition_keys,
		asked("BoolIfExists", "kms:GrantIsForAWSResource", ["true"], for_grant),
		"true",
	),
	row(
		"E",
		"kms:GrantIsForAWSResource false, CreateGrant by EC2",
		condition_keys,
		asked("Bool", "kms:GrantIsForAWSResource", ["false"], for_grant),
		"false",
	),
	row(
		"E",
		"kms:GrantIsForAWSResource false, CreateGrant by a person",
		condition_keys,
		asked("Bool", "kms:GrantIsForAWSResource", ["false"], by_hand),
		"true",
	),
	row(
		"E",
		"kms:GrantIsForAWSResource, CreateGrant by a person",
		condition_keys,
		asked("Bool", "kms:GrantIsForAWSResource", ["true"], by_hand),
		"false",
	),
	row(
		"E",
		"kms:GrantOperations, EC2's own grant",
		condition_keys,
		asked("ForAllValues:StringEquals", "kms:GrantOperations", ["Decrypt"], for_grant),
		"unknown",
	),
	row(
		"E",
		"kms:GrantOperations, Decrypt",
		condition_keys,
		asked("StringEquals", "kms:GrantOperations", ["Decrypt"], {}),
		"false",
	),
	row(
		"E",
		"kms:GrantConstraintType, EC2's own grant",
		condition_keys,
		asked("StringEquals", "kms:GrantConstraintType", ["Decrypt"], for_grant),
		"unknown",
	),
	row(
		"E",
		"kms:GrantConstraintType, Decrypt",
		condition_keys,
		asked("StringEquals", "kms:GrantConstraintType", ["Decrypt"], {}),
		"false",
	),
	row(
		"E",
		"kms:GranteePrincipal, EC2's own grant",
		condition_keys,
		asked("StringEquals", "kms:GranteePrincipal", [service_role_arn(recipient)], for_grant),
		"unknown",
	),
	row(
		"E",
		"kms:GranteePrincipal is the service-linked role of the grant",
		condition_keys,
		asked("StringEquals", "kms:GranteePrincipal", [service_role_arn(recipient)], by_hand),
		"true",
	),
	row(
		"E",
		"kms:GranteePrincipal is another role than the grant's",
		condition_keys,
		asked("StringEquals", "kms:GranteePrincipal", [role_arn(recipient)], by_hand),
		"false",
	),
	row(
		"E",
		"kms:GranteePrincipal, Decrypt",
		condition_keys,
		asked("StringEquals", "kms:GranteePrincipal", [service_role_arn(recipient)], {}),
		"false",
	),
	row(
		"E",
		"encryption context of any volume",
		condition_keys,
		asked("StringLike", "kms:EncryptionContext:aws:ebs:id", ["vol-*"], {}),
		"unknown",
	),
	row(
		"E",
		"encryption context of one volume, which the snapshot may be made of",
		ebs_context,
		asked("StringEquals", "kms:EncryptionContext:aws:ebs:id", ["vol-0123456789abcdef0"], {}),
		"unknown",
	),
	row(
		"E",
		"encryption context of any but one volume, which the snapshot may be made of",
		ebs_context,
		asked("StringNotEquals", "kms:EncryptionContext:aws:ebs:id", ["vol-0123456789abcdef0"], {}),
		"unknown",
	),
	row(
		"E",
		"encryption context of one volume, data key of the new volume",
		ebs_context,
		asked("StringEquals", "kms:EncryptionContext:aws:ebs:id", ["vol-0123456789abcdef0"], for_data_key),
		"false",
	),
	row(
		"E",
		"encryption context of any but one volume, data key of the new volume",
		ebs_context,
		asked("StringNotEquals", "kms:EncryptionContext:aws:ebs:id", ["vol-0123456789abcdef0"], for_data_key),
		"true",
	),
	row(
		"E",
		"encryption context of one snapshot",
		condition_keys,
		asked("StringEquals", "kms:EncryptionContext:aws:ebs:id", ["snap-0123456789abcdef0"], {}),
		"unknown",
	),
	row(
		"E",
		"encryption context of one volume, CreateGrant",
		condition_keys,
		asked("StringEquals", "kms:EncryptionContext:aws:ebs:id", ["vol-0123456789abcdef0"], for_grant),
		"unknown",
	),
	row(
		"E",
		"encryption context of one volume, DescribeKey",
		condition_keys,
		asked(
			"StringEquals",
			"kms:EncryptionContext:aws:ebs:id",
			["vol-0123456789abcdef0"],
			{"action": "kms:DescribeKey"},
		),
		"unknown",
	),
	row(
		"E",
		"kms:EncryptionContextKeys",
		condition_keys,
		asked("ForAllValues:StringEquals", "kms:EncryptionContextKeys", ["aws:ebs:id"], {}),
		"unknown",
	),
]
