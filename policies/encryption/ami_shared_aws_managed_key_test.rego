package amiscan.encryption.ami_shared_aws_managed_key_test

import data.amiscan.encryption.ami_shared_aws_managed_key as policy
import data.amiscan.testing.fixtures

organization_arn := "arn:aws:organizations::999999999999:organization/o-a1b2c3d4e5"

data_snapshot := object.union(fixtures.snapshot, {"SnapshotId": "snap-0b0b0b0b0b0b0b0b0"})

# shared is the image, shared with these, under the key with these fields.
shared(permissions, fields) := fixtures.ami({
	"image": fixtures.image,
	"keys": [object.union(fixtures.key, fields)],
	"launch_permissions": permissions,
	"snapshots": [fixtures.snapshot, data_snapshot],
})

managed := {"KeyManager": "AWS"}

finding(name, permission) := {
	"msg": sprintf(
		"%s cannot launch this image: AWS manages its key %s for this account alone",
		[name, fixtures.key.Arn],
	),
	"subject": name,
	"evidence": {"launch_permission": permission, "KmsKeyId": fixtures.key.Arn},
}

test_fail_each_grantee if {
	permissions := [{"UserId": "444455556666"}, {"OrganizationArn": organization_arn}, {"UserId": fixtures.account}]
	policy.violation == {
		finding("444455556666", {"UserId": "444455556666"}),
		finding(organization_arn, {"OrganizationArn": organization_arn}),
	} with input as shared(permissions, managed)
	policy.undecided == set() with input as shared(permissions, managed)
}

test_pass_customer_managed_key if {
	policy.violation == set() with input as shared([{"UserId": "444455556666"}], {})
	policy.undecided == set() with input as shared([{"UserId": "444455556666"}], {})
}

test_pass_not_shared if {
	policy.violation == set() with input as shared([], managed)
	policy.undecided == set() with input as object.union(shared([], managed), {"keys": [], "snapshots": []})
}

test_near_shared_with_the_owner_and_everybody if {
	permissions := [{"UserId": fixtures.account}, {"Group": "all"}]
	policy.violation == set() with input as shared(permissions, managed)
	policy.undecided == set() with input as object.union(shared(permissions, managed), {"keys": []})
}

test_near_key_of_a_snapshot_that_is_not_the_image_s if {
	other := object.union(fixtures.key, {"Arn": "arn:aws:kms:eu-west-1:111122223333:key/aws", "KeyManager": "AWS"})
	document := object.union(shared([{"UserId": "444455556666"}], {}), {"keys": [fixtures.key, other]})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_unknown_key if {
	unknown := {{
		"msg": sprintf("key %s: KMS does not tell who manages it", [fixtures.key.Arn]),
		"subject": fixtures.key.Arn,
	}}
	every document in [
		object.union(shared([{"UserId": "444455556666"}], {}), {"keys": []}),
		shared([{"UserId": "444455556666"}], {"KeyManager": ""}),
	] {
		policy.violation == set() with input as document
		policy.undecided == unknown with input as document
	}
}

test_unknown_snapshot if {
	document := object.union(shared([{"UserId": "444455556666"}], {}), {"snapshots": [fixtures.snapshot]})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": "snap-0b0b0b0b0b0b0b0b0: not seen under which key, so not who manages that",
		"subject": "snap-0b0b0b0b0b0b0b0b0",
	}} with input as document
}
