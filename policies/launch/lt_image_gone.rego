# METADATA
# title: Default or latest version of a launch template names an AMI that does not resolve
# description: >-
#   Judges the template's default and latest version where it names an image, directly or through an SSM parameter
#   (resolve:ssm:…, own, shared or public). The image must be visible to this account in this Region. One that is not
#   was deregistered, is not or no longer shared with this account, or is hidden by its Allowed AMIs setting; EC2 does
#   not tell which, and the launch fails either way. A version without an image is not judged: whoever launches
#   must name one. Neither is the state of an image that is there, nor are other versions.
# scope: package
# schemas:
#   - input: schema.launch_template
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/deregister-ami.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-allowed-amis.html
# custom:
#   severity: critical
#   resource: launch_template
#   remediation: |-
#     Look in the Recycle Bin and at the Allowed AMIs setting, or have its owner share the image again:
#     aws ec2 list-images-in-recycle-bin --image-ids IMAGE_ID
#     aws ec2 get-allowed-images-settings
#     Otherwise name another. Where the version names the image itself, save this as version.json:
#     {"LaunchTemplateId":"TEMPLATE_ID","SourceVersion":"VERSION","LaunchTemplateData":{"ImageId":"NEW_IMAGE_ID"}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#     aws ec2 modify-launch-template --launch-template-id TEMPLATE_ID --default-version NEW_VERSION
#     Where it goes through an SSM parameter, correct that instead:
#     aws ssm put-parameter --name NAME --value NEW_IMAGE_ID --overwrite
#   controls: []
package amiscan.launch.lt_image_gone

import data.amiscan.lib.images
import data.amiscan.lib.ssm
import data.amiscan.lib.templates

violation contains finding(version, sprintf("names image %s, which %s", [id, images.unresolved])) if {
	some version in templates.launched(input.template_versions)
	id := version.LaunchTemplateData.ImageId
	not ssm.is_reference(id)
	not visible(id)
}

violation contains finding(version, sprintf("names %s, but there is no such parameter: the launch fails", [id])) if {
	some version in templates.launched(input.template_versions)
	id := version.LaunchTemplateData.ImageId
	ssm.is_reference(id)
	not exists(id)
}

violation contains finding(version, sprintf("names %s, whose value is no image id: the launch fails", [id])) if {
	some version in templates.launched(input.template_versions)
	id := version.LaunchTemplateData.ImageId
	ssm.is_reference(id)
	some parameter in ssm.answers(input.parameters, id)
	not ssm.holds_image_id(parameter)
}

violation contains finding(version, sprintf("names %s and so image %s, which %s", [id, value, images.unresolved])) if {
	some version in templates.launched(input.template_versions)
	id := version.LaunchTemplateData.ImageId
	ssm.is_reference(id)
	some parameter in ssm.answers(input.parameters, id)
	ssm.holds_image_id(parameter)
	value := parameter.Value
	not visible(value)
}

visible(id) if images.listed(input.images, id)

exists(reference) if ssm.answered(input.parameters, reference)

finding(version, problem) := {
	"msg": sprintf("version %d %s", [version.VersionNumber, problem]),
	"subject": format_int(version.VersionNumber, 10),
	"evidence": {"ImageId": version.LaunchTemplateData.ImageId},
}
