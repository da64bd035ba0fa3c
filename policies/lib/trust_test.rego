package amiscan.lib.trust_test

import data.amiscan.lib.trust

organization := "arn:aws:organizations::222222222222:organization/o-f6g7h8i9j0"

ou := "arn:aws:organizations::222222222222:ou/o-f6g7h8i9j0/ou-ab12-cdefgh34"

test_organization_id_of_an_organization if trust.organization_id(organization) == "o-f6g7h8i9j0"

test_organization_id_of_an_ou if trust.organization_id(ou) == "o-f6g7h8i9j0"

test_organization_id_in_other_partitions if {
	trust.organization_id("arn:aws-us-gov:organizations::222222222222:organization/o-f6g7h8i9j0") == "o-f6g7h8i9j0"
}

test_no_organization_id_elsewhere if {
	every text in {
		"",
		"o-f6g7h8i9j0",
		"arn:aws:organizations::222222222222:account/o-f6g7h8i9j0/333333333333",
		"arn:aws:organizations::222222222222:organization/",
		"arn:aws:organizations::222222222222:organization/o-f6g7h8i9j0/o-a1b2c3d4e5",
		"arn:aws:organizations::222222222222:ou/o-f6g7h8i9j0",
	} {
		not trust.organization_id(text)
	}
}

test_ou_id if trust.ou_id(ou) == "ou-ab12-cdefgh34"

test_no_ou_id_of_an_organization if not trust.ou_id(organization)

test_lists_organization_by_id if trust.lists_organization(["o-x", "o-f6g7h8i9j0"], organization)

test_lists_organization_by_arn if trust.lists_organization([organization], organization)

test_lists_organization_of_an_ou_by_id if trust.lists_organization(["o-f6g7h8i9j0"], ou)

test_lists_organization_of_an_ou_by_arn if trust.lists_organization([organization], ou)

test_lists_organization_by_the_same_odd_text if trust.lists_organization(["odd"], "odd")

test_does_not_list_other_organizations if {
	longer := "arn:aws:organizations::222222222222:organization/o-f6g7h8i9j0k"
	not trust.lists_organization(["o-f6g7h8i9j", "o-a1b2c3d4e5", "", ":organization/", longer], organization)
}

test_ou_does_not_stand_for_its_organization if not trust.lists_organization([ou], organization)

test_lists_ou_by_id if trust.lists_ou(["ou-ab12-cdefgh34"], ou)

test_lists_ou_by_arn if trust.lists_ou([ou], ou)

test_does_not_list_other_ous if not trust.lists_ou(["ou-ab12-cdefgh3", "o-f6g7h8i9j0", organization], ou)

test_lists_account if trust.lists_account([{"Id": "222222222222"}, {"Id": "333333333333"}], "333333333333")

test_does_not_list_other_accounts if {
	not trust.lists_account([], "333333333333")
	not trust.lists_account([{"Id": "222222222222", "Name": "333333333333"}], "333333333333")
}
