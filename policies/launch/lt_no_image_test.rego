package amiscan.launch.lt_no_image_test

import data.amiscan.launch.lt_no_image as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

nameless := object.remove(fixtures.launch, ["image_id", "image_reference"])

document(fields) := boot.document({"facts": {
	"launches": [nameless],
	"template_versions": [object.union(fixtures.template_version, fields)],
}})

finding := {
	"msg": "version 3 of launch template web: names no image: whoever launches it must",
	"subject": "3",
	"evidence": {},
}

test_fail_no_image if policy.violation == {finding} with input as document({})

test_fail_not_managed if {
	policy.violation == {finding} with input as document({"Operator": {"Managed": false}})
	other := {"VersionNumber": 2, "Operator": {"Managed": true}}
	policy.violation == {finding} with input as document(other)
}

test_pass_image if policy.violation == set() with input as boot.document({})

test_near_managed_by_a_service if {
	operator := {"Managed": true, "Principal": "batch.amazonaws.com"}
	policy.violation == set() with input as document({"Operator": operator})
}

test_near_image_that_does_not_resolve if {
	unresolved := object.union(nameless, {"image_reference": "resolve:ssm:/golden/old"})
	policy.violation == set() with input as boot.document({"facts": {"launches": [unresolved]}})
}
