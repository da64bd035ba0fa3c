package amiscan.readiness.ami_imdsv2_not_set_test

import data.amiscan.readiness.ami_imdsv2_not_set as policy
import data.amiscan.testing.fixtures

# silent is an image that does not ask for IMDSv2, with these fields, in an account with these defaults.
silent(fields, defaults, permissions) := fixtures.ami({
	"image": object.union(object.remove(fixtures.image, ["ImdsSupport"]), fields),
	"instance_metadata_defaults": defaults,
	"launch_permissions": permissions,
})

required := {"HttpTokens": "required", "HttpPutResponseHopLimit": 2}

finding := {"msg": concat(" ", [
	"the image does not ask for IMDSv2, and the account's default does not require it:",
	"IMDSv1 may be used",
])}

shared_finding(permission) := {
	"msg": concat(" ", [
		"the image does not ask for IMDSv2 and is shared:",
		"the account's default does not hold for its recipients",
	]),
	"subject": "recipients",
	"evidence": {"launch_permission": permission},
}

test_fail_not_set if {
	every defaults in [{}, {"HttpTokens": "optional"}, {"HttpTokens": "no-preference"}, {"HttpEndpoint": "enabled"}] {
		policy.violation == {finding} with input as silent({}, defaults, [])
		policy.violation == {finding} with input as silent({"ImdsSupport": null}, defaults, [])
		policy.undecided == set() with input as silent({}, defaults, [])
	}
}

test_fail_without_account_defaults if {
	document := fixtures.not_found(silent({}, {}, []), "instance_metadata_defaults")
	policy.violation == {finding} with input as document
}

test_fail_shared_although_the_account_requires_it if {
	every permission in [{"UserId": "222222222222"}, {"Group": "all"}, {"OrganizationArn": "arn"}] {
		policy.violation == {shared_finding(permission)} with input as silent({}, required, [permission])
	}
}

test_fail_shared_counts_once_where_the_account_does_not_require_it if {
	policy.violation == {finding} with input as silent({}, {}, [{"UserId": "222222222222"}])
}

test_pass_set if {
	document := silent({"ImdsSupport": "v2.0"}, {}, [{"Group": "all"}])
	policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_pass_account_requires_it_and_nobody_else_launches if {
	every permissions in [[], [{"UserId": fixtures.account}]] {
		policy.violation == set() with input as silent({}, required, permissions)
	}
}

test_near_not_applicable if {
	cases := [
		{"State": "disabled"},
		{"State": "failed"},
		{"ImageType": "kernel"},
		{"ImageOwnerAlias": "aws-backup-vault"},
		{"Tags": [{"Key": "aws:dlm:lifecycle-policy-id", "Value": "policy-0a"}]},
	]
	every fields in cases {
		not policy.applies with input as silent(fields, {}, [])
		policy.violation == set() with input as silent(fields, {}, [])
		policy.violation == set() with input as silent(fields, required, [{"Group": "all"}])
		policy.undecided == set() with input as silent(fields, {}, [])
	}
}

test_near_image_without_a_type_is_judged if {
	document := fixtures.ami({
		"image": object.remove(fixtures.image, ["ImdsSupport", "ImageType"]),
		"instance_metadata_defaults": {},
		"launch_permissions": [],
	})
	policy.violation == {finding} with input as document
}

test_unknown_while_pending if {
	every defaults in [{}, required] {
		document := silent({"State": "pending"}, defaults, [{"Group": "all"}])
		policy.violation == set() with input as document
		policy.undecided == {{"msg": concat(" ", [
			"image ami-0a1b2c3d4e5f60718 is still pending; judge it after:",
			"aws ec2 wait image-available --image-ids ami-0a1b2c3d4e5f60718",
		])}} with input as document
	}
}

test_near_pending_image_that_asks_already if {
	document := silent({"State": "pending", "ImdsSupport": "v2.0"}, {}, [])
	policy.undecided == set() with input as document
}
