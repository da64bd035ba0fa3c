package amiscan.builder.pipeline_tests_off_test

import data.amiscan.builder.pipeline_tests_off as policy
import data.amiscan.testing.fixtures

arn := "arn:aws:imagebuilder:eu-west-1:111122223333:image-pipeline/web"

pipeline(fields) := fixtures.document("image_pipeline", arn, arn, {"image_pipeline": object.union(
	{
		"Arn": arn,
		"EnhancedImageMetadataEnabled": true,
		"ImageRecipeArn": "arn:aws:imagebuilder:eu-west-1:111122223333:image-recipe/web/1.0.0",
		"ImageTestsConfiguration": {"ImageTestsEnabled": true, "TimeoutMinutes": 60},
		"Name": "web",
		"Status": "ENABLED",
	},
	fields,
)})

off := {"ImageTestsConfiguration": {"ImageTestsEnabled": false}}

test_fail_tests_are_off if {
	policy.violation == {{
		"msg": "the pipeline distributes its images untested",
		"evidence": {"ImageTestsConfiguration": {"ImageTestsEnabled": false, "TimeoutMinutes": 60}},
	}} with input as pipeline(off)
}

test_pass_tests_are_on if {
	policy.violation == set() with input as pipeline({})
	policy.applies with input as pipeline({})
}

test_near_says_nothing if {
	document := pipeline({})
	silent := object.union(
		object.remove(document, ["image_pipeline"]),
		{"image_pipeline": object.remove(document.image_pipeline, ["ImageTestsConfiguration"])},
	)
	policy.violation == set() with input as silent
}

test_near_disabled_pipeline if {
	policy.violation == set() with input as pipeline(object.union(off, {"Status": "DISABLED"}))
	not policy.applies with input as pipeline({"Status": "DISABLED"})
}
