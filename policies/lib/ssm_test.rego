package amiscan.lib.ssm_test

import data.amiscan.lib.ssm
import data.amiscan.testing.fixtures

shared := "arn:aws:ssm:eu-west-1:444455556666:parameter/golden"

test_is_reference if ssm.is_reference("resolve:ssm:/golden/web")

test_anything_else_is_no_reference if {
	every image_id in {"ami-0a1b2c3d4e5f60718", "{{resolve:ssm:/golden/web}}"} {
		not ssm.is_reference(image_id)
	}
}

test_parameter_forms if {
	every reference, want in {
		"resolve:ssm:golden": {"name": "golden", "selector": ""},
		"resolve:ssm:/golden/web:7": {"name": "/golden/web", "selector": "7"},
		"resolve:ssm:/golden/web:prod": {"name": "/golden/web", "selector": "prod"},
		sprintf("resolve:ssm:%s", [shared]): {"name": shared, "selector": ""},
		sprintf("resolve:ssm:%s:7", [shared]): {"name": shared, "selector": "7"},
		sprintf("resolve:ssm:%s:prod", [shared]): {"name": shared, "selector": "prod"},
	} {
		ssm.parameter(reference) == want
	}
}

test_broken_references_mean_no_parameter if {
	every reference in {"resolve:ssm:", "resolve:ssm:/golden:1:2", "ami-0a1b2c3d4e5f60718"} {
		not ssm.parameter(reference)
		not ssm.answered([fixtures.parameter], reference)
	}
}

test_answers_by_name if ssm.answers([fixtures.parameter], "resolve:ssm:/golden/web") == {fixtures.parameter}

test_answers_by_arn if {
	reference := sprintf("resolve:ssm:%s", [fixtures.parameter.ARN])
	ssm.answers([fixtures.parameter], reference) == {fixtures.parameter}
}

test_answers_by_name_without_arn if {
	nameless := object.remove(fixtures.parameter, ["ARN"])
	ssm.answers([nameless], "resolve:ssm:/golden/web") == {nameless}
}

test_does_not_answer_for_another_name if not ssm.answered([fixtures.parameter], "resolve:ssm:/golden")

test_answers_by_version_number if ssm.answered([fixtures.parameter], "resolve:ssm:/golden/web:7")

test_does_not_answer_for_another_version if not ssm.answered([fixtures.parameter], "resolve:ssm:/golden/web:70")

test_answers_by_label_where_no_selector_is_kept if ssm.answered([fixtures.parameter], "resolve:ssm:/golden/web:prod")

test_answers_by_selector if {
	newest := fixtures.parameter
	labelled := object.union(fixtures.parameter, {"Selector": ":prod", "Version": 5})
	numbered := object.union(fixtures.parameter, {"Selector": ":6", "Version": 6})
	ssm.answers([newest, labelled, numbered], "resolve:ssm:/golden/web") == {newest}
	ssm.answers([newest, labelled, numbered], "resolve:ssm:/golden/web:6") == {numbered}
	ssm.answers([labelled, numbered], "resolve:ssm:/golden/web:prod") == {labelled}
	ssm.answers([labelled, numbered], "resolve:ssm:/golden/web:test") == set()
	ssm.answers([labelled, numbered], "resolve:ssm:/golden/web:5") == set()
}

test_holds_image_id if {
	every value in {"ami-0a1b2c3d4e5f60718", "ami-0a1b2c3d"} {
		ssm.holds_image_id({"Value": value})
	}
}

test_holds_no_image_id if {
	every value in {"", "ami-", "ami-0A1B2C3D", "ami-0a1b2c3d4", "ami-0a1b2c3d\n", "{\"image_id\":\"ami-0a1b2c3d\"}"} {
		not ssm.holds_image_id({"Value": value})
	}
}
