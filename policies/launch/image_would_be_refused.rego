# METADATA
# title: Launch names an AMI that Allowed AMIs would refuse
# description: >-
#   Judges images of other owners while the account's Allowed AMIs setting is in audit mode: one whose ImageAllowed is false
#   is launched today and refused once the setting is enabled. An account's own images are always allowed. Undecided where
#   EC2 does not tell whether the image is allowed.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-allowed-amis.html
# custom:
#   severity: low
#   resource: launcher
#   remediation: |-
#     Before the setting is enabled, launch an allowed image instead, or have its owner added to the criteria:
#     aws ec2 get-allowed-images-settings
#     aws ec2 replace-image-criteria-in-allowed-images-settings --cli-input-json file://criteria.json
#   controls: []
package amiscan.launch.image_would_be_refused

import data.amiscan.lib.boot

violation contains boot.finding(boot.common(launch), problem, object.filter(image, {"ImageId", "ImageAllowed", "OwnerId"})) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	image.OwnerId != input.account
	image.ImageAllowed == false
	input.allowed_images.State == "audit-mode"
	problem := sprintf("image %s of %s is not among the Allowed AMIs, which are in audit mode", [image.ImageId, image.OwnerId])
}

undecided contains boot.doubt(boot.common(launch), question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	image.OwnerId != input.account
	object.get(image, "ImageAllowed", null) == null
	input.allowed_images.State == "audit-mode"
	question := sprintf("EC2 does not tell whether image %s is among the Allowed AMIs", [image.ImageId])
}
