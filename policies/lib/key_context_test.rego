package amiscan.lib.key_context_test

import data.amiscan.lib.key_context
import data.amiscan.testing.key_access as tables

grantee := tables.service_role_arn(tables.recipient)

requests := [
	{"action": "kms:Decrypt", "by": "ec2"},
	{"action": "kms:DescribeKey", "by": "ec2"},
	{"action": "kms:CreateGrant", "by": "ec2"},
	{"action": "kms:CreateGrant", "by": "hand", "grantee": grantee},
]

test_what_the_action_and_the_caller_tell if {
	here := {"text": "ec2.eu-west-1.amazonaws.com"}
	every name, want in {
		"kms:viaservice": [here, here, here, ""],
		"kms:grantisforawsresource": ["", "", {"text": "true"}, {"text": "false"}],
		"kms:grantoperations": ["", "", null, null],
		"kms:grantconstrainttype": ["", "", null, null],
		"kms:granteeprincipal": ["", "", null, {"text": grantee}],
		"kms:encryptioncontext:aws:ebs:id": [{"begins": ""}, null, null, null],
		"aws:principalisawsservice": [{"text": "false"}, {"text": "false"}, {"text": "false"}, {"text": "false"}],
		"aws:sourceaccount": ["", "", "", ""],
		"aws:sourcearn": ["", "", "", ""],
		"aws:sourceorgid": ["", "", "", ""],
		"aws:sourceip": [null, null, null, null],
		"aws:principaltag/team": [null, null, null, null],
		"aws:viaawsservice": [null, null, null, null],
		"kms:ViaService": [null, null, null, null],
	} {
		[key_context.value(name, object.union({"principal": tables.member}, request)) | some request in requests] == want
	}
}

# of are the values of the key for launches by each of the principals.
of(name, principals) := [key_context.value(name, object.union({"principal": who}, requests[0])) | some who in principals]

test_via_service_is_certain_in_two_partitions_where_the_region_is_known if {
	of("kms:viaservice", [{"partition": "aws-us-gov", "region": "us-gov-west-1"}]) == [{"text": "ec2.us-gov-west-1.amazonaws.com"}]
	others := [{"region": "x-1", "partition": name} | some name in ["aws-cn", "aws-iso", "aws-iso-b", "aws-eusc", "unknown", null]]
	{value | some value in of("kms:viaservice", array.concat(others, [{"region": "x-1"}]))} == {{"begins": "ec2.x-1."}}
	nowhere := [object.union(one, region) | some one in others; some region in [{"region": ""}, {"region": "unknown"}, {"region": null}]]
	of_nowhere := of("kms:viaservice", array.concat(nowhere, [{}, {"partition": "aws"}, {"partition": "aws", "region": "unknown"}]))
	{value | some value in of_nowhere} == {null}
}

test_the_account_is_known_where_the_principal_has_one if {
	every name in ["kms:calleraccount", "aws:principalaccount"] {
		of(name, [tables.member, tables.organization, {}]) == [{"text": tables.recipient}, null, null]
	}
}

test_the_arn_is_a_role_s_own_and_not_a_session_s if {
	arns := [tables.role_arn("1"), grantee, tables.session_arn("1"), "AROAEXAMPLEEXAMPLE12", "", null]
	principals := [{"arn": arn} | some arn in arns]
	want := [{"text": tables.role_arn("1")}, {"text": grantee}, null, null, null, null, null]
	of("aws:principalarn", array.concat(principals, [{}])) == want
}

test_the_organization_may_be_none_or_unknown if {
	principals := [tables.member, {"organization": ""}, {}, {"organization": null}]
	of("aws:principalorgid", principals) == [{"text": "o-a1b2c3d4e5"}, "", null, null]
	area := {"begins": "o-a1b2c3d4e5/", "ou": "", "many": true}
	of("aws:principalorgpaths", principals) == [area, "", null, null]
}

test_an_account_stands_at_its_path_and_members_of_an_ou_at_or_below if {
	area := {"ou": "ou-ab12-cdefgh34", "many": true}
	of("aws:principalorgpaths", [tables.placed, tables.ou, tables.placed_ou]) == [
		{"text": tables.ou_path, "many": true},
		object.union(area, {"begins": "o-a1b2c3d4e5/r-ab12/"}),
		object.union(area, {"begins": tables.ou_path}),
	]
}
