# METADATA
# title: Image Builder pipeline does not test its images
# description: >-
#   Judges enabled pipelines: one that turns its image tests off distributes what nobody has started once. A pipeline that
#   says nothing of tests runs them (ImageTestsConfiguration). Which tests there are, and pipelines of containers, are not
#   judged.
# scope: package
# schemas:
#   - input: schema.image_pipeline
# related_resources:
#   - ref: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ImageTestsConfiguration.html
# custom:
#   severity: medium
#   resource: image_pipeline
#   remediation: |-
#     Turn the tests on. An update replaces the whole pipeline, so begin with what there is:
#     aws imagebuilder get-image-pipeline --image-pipeline-arn PIPELINE_ARN
#     aws imagebuilder update-image-pipeline --cli-input-json file://pipeline.json
#   controls: []
package amiscan.builder.pipeline_tests_off

applies if {
	input.image_pipeline.ImageRecipeArn
	object.get(input.image_pipeline, "Status", "ENABLED") == "ENABLED"
}

violation contains {"msg": msg, "evidence": {"ImageTestsConfiguration": tests}} if {
	applies
	tests := input.image_pipeline.ImageTestsConfiguration
	tests.ImageTestsEnabled == false
	msg := "the pipeline distributes its images untested"
}
