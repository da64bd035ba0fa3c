package amiscan.lib.key_resources_test

import data.amiscan.lib.key_resources
import data.amiscan.testing.key_access as tables

arn := tables.key.Arn

# about is whether a statement on the resources, or on all but them, is about the key.
about(resources) := [key_resources.about({element: resources}, arn) | some element in ["Resource", "NotResource"]]

test_the_key_everything_and_patterns if {
	{about([resource]) | some resource in ["*", arn, "arn:aws:kms:*:*:key/*"]} == {["true", "false"]}
	about(["elsewhere", arn]) == ["true", "false"]
}

test_other_resources if {
	others := ["elsewhere", "arn:aws:kms:*:*:alias/*", "arn:aws:kms:eu-west-1:111122223333:key/other"]
	{about([resource]) | some resource in others} == {["false", "true"]}
}

test_a_policy_variable_may_be_the_key if {
	variables := ["arn:aws:kms:*:${aws:PrincipalAccount}:key/*", "arn:aws:kms:*:*:key/${aws:PrincipalTag/key}", "${*}"]
	{about([resource]) | some resource in variables} == {["unknown", "unknown"]}
	about(["elsewhere", variables[0]]) == ["unknown", "unknown"]
	about([variables[0], "*"]) == ["true", "false"]
}

test_no_resource_element if key_resources.about({}, arn) == "false"
