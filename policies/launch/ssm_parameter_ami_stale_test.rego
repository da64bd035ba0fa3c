package amiscan.launch.ssm_parameter_ami_stale_test

import data.amiscan.launch.ssm_parameter_ami_stale as policy
import data.amiscan.testing.fixtures

image_id := fixtures.image.ImageId

document(id, parameter, images) := fixtures.document("ssm_parameter", id, parameter.ARN, {
	"parameter_metadata": object.filter(parameter, {"Name", "DataType", "Type", "Version"}),
	"image_parameter": parameter,
	"images": images,
})

holding(images) := document("/golden/web", fixtures.parameter, images)

image(fields) := object.union(fixtures.image, fields)

finding(problem) := {
	"msg": sprintf("the parameter holds image ami-0a1b2c3d4e5f60718, %s", [problem]),
	"evidence": {"Value": image_id},
}

gone := concat(" ", [
	"which does not resolve here: deregistered, not shared with this account or hidden by its Allowed AMIs setting;",
	"the launch fails either way",
])

test_fail_image_does_not_resolve if {
	policy.applies with input as holding([])
	policy.violation == {finding(gone)} with input as holding([])
	policy.undecided == set() with input as holding([])
}

test_fail_image_still_listed_as_deregistered if {
	policy.violation == {finding(gone)} with input as holding([image({"State": "deregistered"})])
	policy.undecided == set() with input as holding([image({"State": "deregistered"})])
}

test_fail_image_is_out_of_use if {
	every state in ["disabled", "error", "failed", "invalid"] {
		want := {finding(sprintf("which is in the state %s: launches through it fail", [state]))}
		policy.violation == want with input as holding([image({"State": state})])
		policy.undecided == set() with input as holding([image({"State": state})])
	}
}

test_fail_image_is_deprecated if {
	old := image({"DeprecationTime": "2026-11-01T00:00:00.000Z"})
	want := finding("which is deprecated from 2026-11-01T00:00:00.000Z on")
	policy.violation == {want} with input as holding([old])
	policy.due == {object.union(want, {"from": "2026-11-01T00:00:00.000Z"})} with input as holding([old])
}

test_fail_no_image_id if {
	every value in ["ami-1", "", "latest"] {
		parameter := object.union(fixtures.parameter, {"Value": value})
		policy.violation == {{
			"msg": "the parameter holds no image id: launches through it fail",
		}} with input as document("/golden/web", parameter, [])
	}
	withheld := object.remove(fixtures.parameter, ["Value"])
	count(policy.violation) == 1 with input as document("/golden/web", withheld, [])
}

test_pass_current_image if {
	document_of_sound := holding([fixtures.image])
	policy.applies with input as document_of_sound
	policy.violation == set() with input as document_of_sound
	policy.undecided == set() with input as document_of_sound
}

test_pass_without_state_or_date if {
	bare := object.remove(fixtures.image, ["State", "DeprecationTime"])
	policy.violation == set() with input as holding([bare])
	policy.undecided == set() with input as holding([bare])
}

test_near_deprecation_is_one_second_away if {
	soon := holding([image({"DeprecationTime": "2026-11-22T12:00:01Z"})])
	policy.violation == set() with input as soon
	count(policy.due) == 1 with input as soon
}

test_near_not_an_own_parameter if {
	foreign := ["/aws/service/ami-amazon-linux-latest/al2023", "/golden/web:7", fixtures.parameter.ARN]
	every id in foreign {
		not policy.applies with input as document(id, fixtures.parameter, [])
	}
	not policy.applies with input as fixtures.not_found(holding([]), "parameter_metadata")
	policy.applies with input as document("aws/golden", fixtures.parameter, [])
}

test_near_parameter_is_gone_meanwhile if {
	policy.violation == set() with input as fixtures.not_found(holding([]), "image_parameter")
}

test_undecided_image_is_on_its_way if {
	every state in ["pending", "transient"] {
		policy.violation == set() with input as holding([image({"State": state})])
		policy.undecided == {{
			"msg": sprintf("image ami-0a1b2c3d4e5f60718 is in the state %s; judge it later", [state]),
		}} with input as holding([image({"State": state})])
	}
}
