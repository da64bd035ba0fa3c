package amiscan.encryption.ami_key_overgrant_test

import data.amiscan.encryption.ami_key_overgrant as policy
import data.amiscan.testing.fixtures

guest := "222222222222"

none := {"trusted_accounts": []}

statement := {
	"Sid": "Guests",
	"Effect": "Allow",
	"Principal": {"AWS": ["arn:aws:iam::222222222222:root"]},
	"Action": ["kms:Decrypt", "kms:CreateGrant"],
	"Resource": ["*"],
}

root := {
	"Effect": "Allow",
	"Principal": {"AWS": ["arn:aws:iam::111122223333:root"]},
	"Action": ["kms:*"],
	"Resource": ["*"],
}

grant := {
	"GrantId": "g1",
	"GranteePrincipal": "arn:aws:iam::222222222222:role/bake",
	"Operations": ["Decrypt", "CreateGrant"],
}

# key is the key with these statements and grants, above one image that is open to these.
key(statements, grants, permissions) := fixtures.kms_key({
	"key_policy": {"Statement": array.concat([root], statements)},
	"grants": grants,
	"image_audiences": [{"ImageId": "ami-0a1b2c3d4e5f60718", "LaunchPermissions": permissions}],
})

finding(label) := {
	"msg": concat(" ", [
		sprintf("%s opens the key to account 222222222222, which may launch no image under it;", [label]),
		"to trust it: params: {trusted_accounts: [\"222222222222\"]}",
	]),
	"subject": guest,
	"evidence": {"given": label},
}

test_fail_statement_and_grant if {
	document := key([statement], [grant], [])
	policy.violation == {finding("statement \"Guests\""), finding("grant g1")} with input as document
		with data.params as none
	policy.undecided == set() with input as document with data.params as none
}

test_fail_image_is_shared_with_others if {
	document := key([statement], [], [{"UserId": "333333333333"}])
	policy.violation == {finding("statement \"Guests\"")} with input as document with data.params as none
}

test_pass_image_is_shared_with_the_account if {
	document := key([statement], [grant], [{"UserId": guest}])
	policy.applies with input as document
	policy.violation == set() with input as document with data.params as none
	policy.undecided == set() with input as document with data.params as none
}

test_pass_trusted_account if {
	trusting := {"trusted_accounts": [guest]}
	policy.violation == set() with input as key([statement], [grant], []) with data.params as trusting
	policy.undecided == set() with input as key([statement], [grant], []) with data.params as trusting
}

test_pass_key_of_the_owner_alone if policy.violation == set() with input as key([], [], []) with data.params as none

test_near_grants_of_running_instances if {
	running := object.union(grant, {"GranteePrincipal": concat("", [
		"arn:aws:sts::222222222222:assumed-role/",
		"aws:ec2-infrastructure/i-0a",
	])})
	policy.violation == set() with input as key([], [running], []) with data.params as none
}

test_near_statement_for_an_organization if {
	everybody := object.union(object.remove(statement, ["Principal"]), {
		"Principal": {"AWS": ["*"]},
		"Condition": {"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}},
	})
	document := key([everybody], [], [])
	policy.violation == set() with input as document with data.params as none
	policy.undecided == set() with input as document with data.params as none
}

test_fail_statement_for_launches_in_the_region if {
	launches := {"StringEquals": {"kms:ViaService": ["ec2.eu-west-1.amazonaws.com"]}}
	document := key([object.union(statement, {"Condition": launches})], [], [])
	policy.violation == {finding("statement \"Guests\"")} with input as document with data.params as none
	policy.undecided == set() with input as document with data.params as none
}

test_near_key_without_images if {
	odd := object.union(statement, {"Principal": "*"})
	document := object.union(key([statement, odd], [grant], []), {"image_audiences": []})
	not policy.applies with input as document
	policy.violation == set() with input as document with data.params as none
	policy.undecided == set() with input as document with data.params as none
}

test_unknown_where_an_organization_may_launch if {
	document := key([statement], [], [{"OrganizationArn": "arn"}])
	policy.violation == set() with input as document with data.params as none
	policy.undecided == {{
		"msg": concat(" ", [
			"statement \"Guests\" opens the key to account 222222222222;",
			"it may be in an organization that may launch an image",
		]),
		"subject": guest,
	}} with input as document with data.params as none
}

test_unknown_grant_where_an_organization_may_launch if {
	policy.undecided == {{
		"msg": "grant g1 opens the key to account 222222222222; it may be in an organization that may launch an image",
		"subject": guest,
	}} with input as key([], [grant], [{"OrganizationalUnitArn": "arn"}]) with data.params as none
}

test_unknown_condition if {
	narrowed := object.union(statement, {"Condition": {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}}})
	every permissions in [[], [{"OrganizationArn": "arn"}]] {
		policy.violation == set() with input as key([narrowed], [], permissions) with data.params as none
		policy.undecided == {{
			"msg": "statement \"Guests\" may open the key to account 222222222222",
			"subject": guest,
		}} with input as key([narrowed], [], permissions) with data.params as none
	}
}

test_unknown_statement if {
	odd := object.union(statement, {"Principal": "222222222222"})
	policy.violation == set() with input as key([odd], [], []) with data.params as none
	policy.undecided == {{"msg": "statement \"Guests\" can't be read", "subject": "statement \"Guests\""}}
		with input as key([odd], [], []) with data.params as none
}

test_near_key_of_another_account if {
	foreign := object.union(key([statement], [grant], []), {"account": "333333333333"})
	not policy.applies with input as foreign with data.params as none
	policy.violation == set() with input as foreign with data.params as none
}
