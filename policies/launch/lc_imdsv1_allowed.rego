# METADATA
# title: Launch configuration allows IMDSv1
# description: >-
#   Judges what the launch configuration says itself: HttpTokens is optional, and the metadata service is not switched off
#   by the configuration or, where that is silent, by the account's default. A configuration that says nothing of tokens is
#   judged by launch/imds-effective. It is judged whether or not a group uses it.
# scope: package
# schemas:
#   - input: schema.launch_configuration
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceMetadataOptions.html
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/migrate-to-launch-templates.html
# custom:
#   severity: high
#   resource: launch_configuration
#   remediation: |-
#     A launch configuration can't be changed. See that the instances don't use IMDSv1 (CloudWatch metric MetadataNoToken),
#     make a launch template of it that requires tokens (metadata options HttpTokens=required), and let the group use that:
#     aws ec2 create-launch-template --launch-template-name NAME --launch-template-data file://data.json
#     aws autoscaling update-auto-scaling-group --auto-scaling-group-name GROUP --launch-template LaunchTemplateName=NAME
#   controls:
#     - FSBP/AutoScaling.3
#     - Config/autoscaling-launchconfig-requires-imdsv2
#     - ControlTower/CT.AUTOSCALING.PR.2
#     - NIST-800-53-r5/AC-3
#     - NIST-800-53-r5/AC-3(7)
#     - NIST-800-53-r5/AC-3(15)
#     - NIST-800-53-r5/AC-6
#     - NIST-800-53-r5/CA-9(1)
#     - NIST-800-53-r5/CM-2
package amiscan.launch.lc_imdsv1_allowed

violation contains {"msg": msg, "evidence": {"MetadataOptions": options}} if {
	options := input.launch_configuration.MetadataOptions
	options.HttpTokens == "optional"
	not switched_off(options)
	msg := "the launch configuration makes metadata tokens optional: its instances allow IMDSv1"
}

switched_off(options) if options.HttpEndpoint == "disabled"

switched_off(options) if {
	not options.HttpEndpoint
	input.instance_metadata_defaults.HttpEndpoint == "disabled"
}
