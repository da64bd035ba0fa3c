# METADATA
# title: Launch names an AMI that is disabled
# description: >-
#   Judges each launch whose image is in the state disabled, whether it names the image itself or an SSM parameter. Nobody
#   can launch a disabled image, its owner neither, while templates, groups and parameters go on naming it. Other states are
#   left to launch/lt-ami-not-available, images that the account does not see to launch/lt-image-gone.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     If the image is to be used after all, its owner enables it again:
#     aws ec2 enable-image --image-id IMAGE_ID
#     Otherwise name another image. Save this as version.json:
#     {"LaunchTemplateId":"TEMPLATE_ID","SourceVersion":"VERSION","LaunchTemplateData":{"ImageId":"NEW_IMAGE_ID"}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#     aws ec2 modify-launch-template --launch-template-id TEMPLATE_ID --default-version NEW_VERSION
#   controls: []
#   partial: [images, launches]
package amiscan.launch.lt_ami_disabled

import data.amiscan.lib.boot

violation contains boot.finding(boot.common(launch), problem, object.filter(image, {"ImageId", "State"})) if {
	some launch in input.launches
	some image in input.images
	image.ImageId == launch.image_id
	image.State == "disabled"
	problem := sprintf("image %s is disabled: the launch fails until its owner enables it again", [image.ImageId])
}
