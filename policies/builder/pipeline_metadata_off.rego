# METADATA
# title: Image Builder pipeline collects no enhanced metadata
# description: >-
#   Judges enabled pipelines of images: one that turns enhanced metadata off does not list operating system and packages of
#   what it builds. A pipeline that says nothing collects them (CreateImagePipeline).
# scope: package
# schemas:
#   - input: schema.image_pipeline
# related_resources:
#   - ref: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateImagePipeline.html
# custom:
#   severity: low
#   resource: image_pipeline
#   default: false
#   remediation: |-
#     Turn enhanced metadata on. An update replaces the whole pipeline, so begin with what there is:
#     aws imagebuilder get-image-pipeline --image-pipeline-arn PIPELINE_ARN
#     aws imagebuilder update-image-pipeline --cli-input-json file://pipeline.json
#   controls: []
package amiscan.builder.pipeline_metadata_off

applies if object.get(input.image_pipeline, "Status", "ENABLED") == "ENABLED"

violation contains {"msg": "the pipeline does not say what is in its images"} if {
	applies
	input.image_pipeline.EnhancedImageMetadataEnabled == false
}
