# METADATA
# title: Launch names an AMI that Allowed AMIs refuses
# description: >-
#   Judges images of other owners while the account's Allowed AMIs setting is enabled: EC2 refuses one whose ImageAllowed is
#   false. An account's own images are always allowed. EC2 mostly hides what is not allowed, and then launch/lt-image-gone
#   speaks. Undecided where EC2 does not tell whether the image is allowed. What the audit mode finds is left to
#   launch/image-would-be-refused.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-allowed-amis.html
# custom:
#   severity: high
#   resource: launcher
#   remediation: |-
#     Look at the criteria, and if the image is trusted, have whoever manages them add its owner:
#     aws ec2 get-allowed-images-settings
#     aws ec2 replace-image-criteria-in-allowed-images-settings --cli-input-json file://criteria.json
#     Otherwise launch an allowed image, or a copy of your own made by someone who may.
#   controls: []
package amiscan.launch.lt_image_not_allowed

import data.amiscan.lib.boot

violation contains boot.finding(boot.common(launch), problem, object.filter(image, {"ImageId", "ImageAllowed", "OwnerId"})) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	image.OwnerId != input.account
	image.ImageAllowed == false
	input.allowed_images.State == "enabled"
	problem := sprintf("image %s of %s is not among the Allowed AMIs: the launch fails", [image.ImageId, image.OwnerId])
}

undecided contains boot.doubt(boot.common(launch), question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	image.OwnerId != input.account
	object.get(image, "ImageAllowed", null) == null
	input.allowed_images.State == "enabled"
	question := sprintf("EC2 does not tell whether image %s is among the Allowed AMIs", [image.ImageId])
}
