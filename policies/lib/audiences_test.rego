package amiscan.lib.audiences_test

import data.amiscan.lib.audiences

to(permissions) := [{"ImageId": "ami-0", "LaunchPermissions": []}, {"ImageId": "ami-1", "LaunchPermissions": permissions}]

test_include if {
	audiences.include(to([{"UserId": "333333333333"}, {"UserId": "222222222222"}]), "222222222222")
	audiences.include(to([{"Group": "all"}]), "222222222222")
	not audiences.include(to([{"UserId": "333333333333"}, {"OrganizationArn": "222222222222"}]), "222222222222")
	not audiences.include(to([{"Group": "none"}]), "222222222222")
	not audiences.include([], "222222222222")
}

test_reach_organizations if {
	audiences.reach_organizations(to([{"OrganizationArn": "arn"}]))
	audiences.reach_organizations(to([{"OrganizationalUnitArn": "arn"}]))
	not audiences.reach_organizations(to([{"UserId": "222222222222"}, {"Group": "all"}]))
}
