package amiscan.sharing.snapshot_shared_ami_not_test

import data.amiscan.sharing.snapshot_shared_ami_not as policy
import data.amiscan.testing.fixtures

guest := {"UserId": "222222222222"}

# shared is the snapshot under these permissions, mapped by images under those.
shared(permissions, audiences) := fixtures.ebs_snapshot({
	"snapshot_permissions": permissions,
	"image_audiences": [audience |
		some i, launch_permissions in audiences
		audience := {"ImageId": sprintf("ami-%d", [i]), "LaunchPermissions": launch_permissions}
	],
})

finding(images) := {
	"msg": "account 222222222222 may read the snapshot, but launch no image that maps it",
	"subject": "222222222222",
	"evidence": {"permission": guest, "images": images},
}

test_fail_image_is_private if {
	policy.violation == {finding(["ami-0"])} with input as shared([guest], [[]])
	policy.undecided == set() with input as shared([guest], [[]])
}

test_fail_images_are_shared_with_others if {
	document := shared([guest], [[{"UserId": "333333333333"}], [{"UserId": fixtures.account}]])
	policy.violation == {finding(["ami-0", "ami-1"])} with input as document
}

test_fail_each_account_on_its_own if {
	document := shared([guest, {"UserId": "333333333333"}, {"UserId": "444455556666"}], [[{"UserId": "333333333333"}]])
	{found.subject | some found in policy.violation} == {"222222222222", "444455556666"} with input as document
}

test_pass_one_of_its_images_is_shared_too if {
	document := shared([guest], [[], [guest]])
	policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_pass_public_image if {
	policy.violation == set() with input as shared([guest], [[{"Group": "all"}]])
	policy.undecided == set() with input as shared([guest], [[{"Group": "all"}]])
}

test_near_only_the_image_is_shared if policy.violation == set() with input as shared([], [[guest]])

test_near_owner_and_public_are_left_alone if {
	document := shared([{"UserId": fixtures.account}, {"Group": "all"}], [[], [{"OrganizationArn": "arn"}]])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_snapshot_of_no_image if {
	not policy.applies with input as shared([guest], [])
	policy.violation == set() with input as shared([guest], [])
	policy.undecided == set() with input as shared([guest], [])
}

test_near_account_that_may_launch_although_an_organization_may_too if {
	document := shared([guest], [[{"OrganizationArn": "arn"}, guest]])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_unknown_member_of_an_organization_or_ou if {
	every field in ["OrganizationArn", "OrganizationalUnitArn"] {
		document := shared([guest], [[], [{field: "arn"}]])
		policy.violation == set() with input as document
		policy.undecided == {{
			"msg": concat(" ", [
				"account 222222222222 may read the snapshot;",
				"whether it belongs to an organization or OU that may launch its image can't be seen",
			]),
			"subject": "222222222222",
		}} with input as document
	}
}
