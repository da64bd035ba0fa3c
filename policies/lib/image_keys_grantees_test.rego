package amiscan.lib.image_keys_grantees_test

import data.amiscan.lib.image_keys
import data.amiscan.testing.fixtures

told(permissions) := {[one.name, object.remove(one.principal, ["partition", "region"])] |
	some one in image_keys.grantees(permissions, fixtures.account, "aws", fixtures.region)
	one.permission in permissions
	object.filter(one.principal, {"partition", "region"}) == {"partition": "aws", "region": fixtures.region}
}

test_grantees_are_principals if {
	ou := "arn:aws:organizations::999999999999:ou/o-a1b2c3d4e5/ou-ab12-cdefgh34"
	told([{"UserId": "222222222222"}, {"OrganizationArn": fixtures.organization.Arn}, {"OrganizationalUnitArn": ou}]) == {
		["222222222222", {"type": "account", "account": "222222222222"}],
		[fixtures.organization.Arn, {"type": "organization", "organization": "o-a1b2c3d4e5"}],
		[ou, {"type": "ou", "organization": "o-a1b2c3d4e5", "ou": "ou-ab12-cdefgh34"}],
	}
}

test_the_owner_and_everybody_are_no_grantees if told([{"UserId": fixtures.account}, {"Group": "all"}, {}]) == set()

test_an_arn_that_cannot_be_read_is_still_a_grantee if {
	grantees := told([{"OrganizationArn": "o-a1b2c3d4e5"}, {"OrganizationalUnitArn": "?"}])
	grantees == {["o-a1b2c3d4e5", {"type": "organization"}], ["?", {"type": "ou"}]}
}
