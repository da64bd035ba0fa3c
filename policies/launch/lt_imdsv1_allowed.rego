# METADATA
# title: Default or latest version of a launch template allows IMDSv1
# description: >-
#   Judges what the template's default and latest version say themselves: HttpTokens is optional, and the metadata service
#   is not switched off by the version or, where that is silent, by the account's default. A version that says nothing of
#   tokens takes the account's default or the image's: launch/imds-effective judges what comes of that, and versions that
#   a group or a fleet names by number.
# scope: package
# schemas:
#   - input: schema.launch_template
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceMetadataOptions.html
# custom:
#   severity: high
#   resource: launch_template
#   remediation: |-
#     First see that the instances don't use IMDSv1 (CloudWatch metric MetadataNoToken). Save this as version.json:
#     {"LaunchTemplateId":"TEMPLATE_ID","SourceVersion":"VERSION",
#     "LaunchTemplateData":{"MetadataOptions":{"HttpEndpoint":"enabled","HttpTokens":"required"}}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#     aws ec2 modify-launch-template --launch-template-id TEMPLATE_ID --default-version NEW_VERSION
#   controls:
#     - FSBP/EC2.170
#     - Config/ec2-launch-template-imdsv2-check
#     - ControlTower/CT.EC2.PR.1
package amiscan.launch.lt_imdsv1_allowed

import data.amiscan.lib.templates

violation contains finding(version) if {
	some version in templates.launched(input.template_versions)
	version.LaunchTemplateData.MetadataOptions.HttpTokens == "optional"
	not switched_off(version.LaunchTemplateData.MetadataOptions)
}

switched_off(options) if options.HttpEndpoint == "disabled"

switched_off(options) if {
	not options.HttpEndpoint
	input.instance_metadata_defaults.HttpEndpoint == "disabled"
}

finding(version) := {
	"msg": sprintf(
		"version %d makes metadata tokens optional: its instances allow IMDSv1",
		[version.VersionNumber],
	),
	"subject": format_int(version.VersionNumber, 10),
	"evidence": {"MetadataOptions": version.LaunchTemplateData.MetadataOptions},
}
