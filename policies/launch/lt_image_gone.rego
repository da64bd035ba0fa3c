# METADATA
# title: Launch names an AMI that does not resolve
# description: >-
#   Judges each launch that names an image by its id, of the default and latest version of a template, of groups with their
#   overrides, launch configurations and fleets. The image must be visible to this account in this Region. One that is not
#   was deregistered, is not or no longer shared with this account, or is hidden by its Allowed AMIs setting; EC2 does not
#   tell which, and the launch fails either way. If it lies in the Recycle Bin, launch/lt-ami-in-recycle-bin says so
#   besides. Images behind an SSM parameter are left to launch/lt-ami-ssm-unresolved, launches without an image to
#   launch/lt-no-image, and the state of an image that is there to launch/lt-ami-not-available and launch/lt-ami-disabled.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/deregister-ami.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-allowed-amis.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     Look in the Recycle Bin and at the Allowed AMIs setting, or have its owner share the image again:
#     aws ec2 list-images-in-recycle-bin --image-ids IMAGE_ID
#     aws ec2 get-allowed-images-settings
#     Otherwise name another. Save this as version.json:
#     {"LaunchTemplateId":"TEMPLATE_ID","SourceVersion":"VERSION","LaunchTemplateData":{"ImageId":"NEW_IMAGE_ID"}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#     aws ec2 modify-launch-template --launch-template-id TEMPLATE_ID --default-version NEW_VERSION
#   controls: []
package amiscan.launch.lt_image_gone

import data.amiscan.lib.boot
import data.amiscan.lib.images
import data.amiscan.lib.ssm

violation contains boot.finding(boot.common(launch), problem, {"ImageId": launch.image_id}) if {
	some launch in input.launches
	not ssm.is_reference(launch.image_reference)
	not visible(launch.image_id)
	problem := sprintf("names image %s, which %s", [launch.image_id, images.unresolved])
}

visible(id) if images.listed(input.images, id)
