package amiscan.lib.user_data_test

import data.amiscan.lib.user_data

secret := {"Rule": "aws-access-token", "Description": "an AWS access key", "Line": 4, "Part": "2"}

test_finding_keeps_rule_and_place if {
	user_data.finding("version 3", object.union(secret, {"Other": "x"})) == {
		"msg": "the user data of version 3 holds what looks like a secret: aws-access-token, line 4 of part 2",
		"evidence": secret,
	}
}

test_place_without_parts if {
	user_data.place(object.remove(secret, ["Part"])) == "aws-access-token, line 4"
	user_data.place(object.union(secret, {"Part": ""})) == "aws-access-token, line 4"
}

test_unread if {
	user_data.unread("version 3", {"Unread": "it is not base64"}) == concat(" ", [
		"the user data of version 3 could not be searched in full:",
		"it is not base64",
	])
	not user_data.unread("version 3", {"Unread": ""})
	not user_data.unread("version 3", {})
}
