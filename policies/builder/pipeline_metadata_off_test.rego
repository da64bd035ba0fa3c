package amiscan.builder.pipeline_metadata_off_test

import data.amiscan.builder.pipeline_metadata_off as policy
import data.amiscan.testing.fixtures

arn := "arn:aws:imagebuilder:eu-west-1:111122223333:image-pipeline/web"

pipeline(fields) := fixtures.document("image_pipeline", arn, arn, {"image_pipeline": object.union(
	{"Arn": arn, "Name": "web", "Status": "ENABLED"},
	fields,
)})

test_fail_metadata_is_off if {
	policy.violation == {{"msg": "the pipeline does not say what is in its images"}} with input as pipeline({"EnhancedImageMetadataEnabled": false})
}

test_pass_metadata_is_on if {
	policy.violation == set() with input as pipeline({"EnhancedImageMetadataEnabled": true})
}

test_near_says_nothing if {
	policy.violation == set() with input as pipeline({})
}

test_near_disabled_pipeline if {
	disabled := pipeline({"EnhancedImageMetadataEnabled": false, "Status": "DISABLED"})
	policy.violation == set() with input as disabled
	not policy.applies with input as disabled
}
