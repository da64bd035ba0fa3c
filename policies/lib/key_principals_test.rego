package amiscan.lib.key_principals_test

import data.amiscan.lib.key_principals

account := "111122223333"

root := "arn:aws:iam::111122223333:root"

role := "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"

user := "arn:aws-cn:iam::111122223333:user/team/ann"

session := "arn:aws:sts::111122223333:assumed-role/build/1"

other := "arn:aws:iam::444455556666:role/build"

known := {account, root, role, user, session, other, "*", "AROACKCEVSQ6C2EXAMPLE", "AIDACKCEVSQ6C2EXAMPLE"}

odd := {
	"",
	"1111222233334",
	"arn:aws:iam::111122223333:role/*",
	"arn:aws:iam::*:root",
	"arn:aws:iam::111122223333:",
	"arn:aws:ec2::111122223333:instance/i-0a",
	"arn:aws:iam:eu-west-1:111122223333:role/build",
	"aroackcevsq6c2example",
	"ec2.amazonaws.com",
}

all_of_them := known | odd

test_entries_of_services_are_left_out if {
	key_principals.entries({"AWS": [account, "*"], "Service": ["ec2.amazonaws.com"]}) == {account, "*"}
}

test_entries_of_any_other_kind_are_odd if {
	entries := key_principals.entries({"Federated": ["*"], "CanonicalUser": [account, root], "AWS": [role]})
	entries == {"Federated", "CanonicalUser", role}
	{entry | some entry in entries; key_principals.is_odd(entry)} == {"Federated", "CanonicalUser"}
}

test_no_entries if every element in [{}, null, "*", {"AWS": []}, {"AWS": "*"}, {"Federated": []}] {
	key_principals.entries(element) == set()
}

test_means_account if {entry | some entry in all_of_them; key_principals.means_account(entry, account)} == {account, root}

test_in_account if {
	{entry | some entry in all_of_them; key_principals.in_account(entry, account)} == {account, root, role, user, session}
}

test_account_of_an_entry if {
	{entry: key_principals.account(entry) | some entry in known} == {
		account: account,
		root: account,
		role: account,
		user: account,
		session: account,
		other: "444455556666",
		"*": "",
		"AROACKCEVSQ6C2EXAMPLE": "",
		"AIDACKCEVSQ6C2EXAMPLE": "",
	}
}

test_is_elsewhere if {entry | some entry in all_of_them; key_principals.is_elsewhere(entry, account)} == {other}

test_is_account if {entry | some entry in all_of_them; key_principals.is_account(entry)} == {account, root}

test_is_deleted if {one | some one in all_of_them; key_principals.is_deleted(one)} == {one | some one in known; startswith(one, "A")}

test_is_service_role if {
	{entry | some entry in known; key_principals.is_service_role(entry)} == {role}
	not key_principals.is_service_role("arn:aws:iam::111122223333:role/AWSServiceRoleForX")
	linked := {replace(session, "build", "AWSServiceRoleForX"), replace(session, "build", "build-AWSServiceRoleForX")}
	{entry | some entry in (known | linked); key_principals.is_service_role_session(entry)} == {replace(session, "build", "AWSServiceRoleForX")}
}

test_is_odd if {entry | some entry in all_of_them; key_principals.is_odd(entry)} == odd
