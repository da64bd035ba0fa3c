package amiscan.lib.key_given_test

import data.amiscan.lib.key_given
import data.amiscan.testing.fixtures

arn := fixtures.key.Arn

place := {"account": fixtures.account, "partition": "aws", "region": fixtures.region}

guest := "222222222222"

allow(principals, fields) := object.union(
	{"Sid": "Guests", "Effect": "Allow", "Principal": {"AWS": principals}, "Action": ["kms:Decrypt"], "Resource": ["*"]},
	fields,
)

given(statements) := {[gift.account, gift.label, gift.word] |
	some gift in key_given.by_policy({"Statement": statements}, arn, place)
}

test_accounts_and_their_roles if {
	given([allow(["arn:aws:iam::222222222222:root", "arn:aws:iam::333333333333:role/bake"], {})]) == {
		[guest, "statement \"Guests\"", "delegate"],
		["333333333333", "statement \"Guests\"", "delegate"],
	}
}

test_each_statement_on_its_own if {
	second := object.remove(allow([guest], {"Action": ["kms:*"]}), ["Sid"])
	given([allow([guest], {}), second]) == {
		[guest, "statement \"Guests\"", "delegate"],
		[guest, "statement 2", "delegate"],
	}
}

test_conditions if {
	every_launch := {"StringEquals": {"kms:ViaService": ["ec2.eu-west-1.amazonaws.com"]}}
	given([allow([guest], {"Condition": every_launch})]) == {[guest, "statement \"Guests\"", "delegate"]}
	some_address := {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}}
	given([allow([guest], {"Condition": some_address})]) == {[guest, "statement \"Guests\"", "unknown"]}
	never := {"StringEquals": {"kms:CallerAccount": ["333333333333"]}}
	given([allow([guest], {"Condition": never})]) == set()
}

test_denied if {
	deny := {"Effect": "Deny", "Principal": {"AWS": [guest]}, "Action": ["kms:Decrypt"], "Resource": ["*"]}
	given([allow(["arn:aws:iam::222222222222:root"], {}), deny]) == set()
	other := object.union(deny, {"Principal": {"AWS": ["333333333333"]}})
	given([allow(["arn:aws:iam::222222222222:root"], {}), other]) == {[guest, "statement \"Guests\"", "delegate"]}
}

test_statements_that_give_nobody_else_anything if {
	statements := [
		allow([fixtures.account, "arn:aws:iam::111122223333:role/bake"], {}),
		allow(["*"], {}),
		allow(["AROAEXAMPLEEXAMPLE12"], {}),
		allow([guest], {"Action": ["kms:DescribeKey"]}),
		allow([guest], {"Effect": "Deny"}),
		allow([guest], {"Principal": "222222222222"}),
		object.remove(allow([guest], {}), ["Resource"]),
		object.union(object.remove(allow([], {}), ["Principal"]), {"NotPrincipal": {"AWS": [guest]}}),
	]
	every statement in statements {
		given([statement]) == set()
	}
}

test_statements_of_no_policy if given(null) == set()

test_unreadable if {
	odd := {"Effect": "Allow", "Principal": "*", "Action": ["kms:*"], "Resource": ["*"]}
	key_given.unreadable({"Statement": [allow([guest], {}), odd]}) == {"statement 2"}
}

grant(fields) := object.union(
	{"GrantId": "g1", "GranteePrincipal": "arn:aws:iam::222222222222:role/bake", "Operations": ["Decrypt", "CreateGrant"]},
	fields,
)

infrastructure := "arn:aws:sts::222222222222:assumed-role/aws:ec2-infrastructure/i-0a"

test_grants if {
	key_given.by_grants([grant({})], fixtures.account) == {{"account": guest, "label": "grant g1", "word": "allow"}}
}

test_grant_to_a_service_linked_role_of_another_account if {
	role := concat("", [
		"arn:aws:iam::222222222222:role/aws-service-role/",
		"autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
	])
	count(key_given.by_grants([grant({"GranteePrincipal": role})], fixtures.account)) == 1
}

test_grants_that_give_nobody_else_anything if {
	every fields in [
		{"GranteePrincipal": infrastructure},
		{"GranteePrincipal": "arn:aws:iam::111122223333:role/bake"},
		{"GranteePrincipal": "ec2.amazonaws.com"},
		{"GranteePrincipal": "AROAEXAMPLEEXAMPLE12"},
		{"Operations": ["DescribeKey"]},
	] {
		key_given.by_grants([grant(fields)], fixtures.account) == set()
	}
}
