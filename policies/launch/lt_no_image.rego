# METADATA
# title: Launch template names no AMI
# description: >-
#   Judges the default and the latest version of a launch template. One without an image can only be launched by someone who
#   names one: what that boots can't be judged here, and must not count as judged. Templates that an AWS service or another
#   operator manages are not judged, as it adds the image by itself.
# scope: package
# schemas:
#   - input: schema.launch_template
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-launch-template.html
# custom:
#   severity: info
#   resource: launch_template
#   remediation: |-
#     If groups and fleets are to launch from it, name an image or an SSM parameter that holds one. Save this as version.json:
#     {"LaunchTemplateId":"TEMPLATE_ID","SourceVersion":"VERSION",
#     "LaunchTemplateData":{"ImageId":"resolve:ssm:NAME"}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#   controls: []
package amiscan.launch.lt_no_image

import data.amiscan.lib.boot

violation contains boot.finding(launch, "names no image: whoever launches it must", {}) if {
	some launch in input.launches
	not launch.missing
	not launch.image_reference
	not managed(launch.version)
}

managed(number) if {
	some version in input.template_versions
	version.VersionNumber == number
	version.Operator.Managed
}
