# METADATA
# title: Launch names an AMI that is not available
# description: >-
#   Judges the state of each launch's image. One that is failed, error or invalid never becomes usable. One that is pending
#   or transient can't be launched yet and may become available: that is undecided, and so is a state that EC2 has added
#   since. Disabled images are left to launch/lt-ami-disabled; deregistered ones, and those that the account does not see,
#   to launch/lt-image-gone.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html
# custom:
#   severity: high
#   resource: launcher
#   remediation: |-
#     See why the image came to nothing:
#     aws ec2 describe-images --image-ids IMAGE_ID --query "Images[].[State,StateReason]"
#     Make it again, and let the pipeline name an image only once it is available:
#     aws ec2 wait image-available --image-ids IMAGE_ID
#   controls: []
package amiscan.launch.lt_ami_not_available

import data.amiscan.lib.boot
import data.amiscan.lib.images

violation contains boot.finding(boot.common(launch), problem, object.filter(image, {"ImageId", "State", "StateReason"})) if {
	some launch in input.launches
	some image in input.images
	image.ImageId == launch.image_id
	image.State in {"failed", "error", "invalid"}
	problem := sprintf("image %s is in the state %s%s: the launch fails", [image.ImageId, image.State, reason(image)])
}

undecided contains boot.doubt(boot.common(launch), images.not_ready(image)) if {
	some launch in input.launches
	some image in input.images
	image.ImageId == launch.image_id
	images.pending(image)
}

undecided contains boot.doubt(boot.common(launch), question) if {
	some launch in input.launches
	some image in input.images
	image.ImageId == launch.image_id
	not object.get(image, "State", "available") in judged
	question := sprintf("image %s is in the state %s: it may become available", [image.ImageId, image.State])
}

judged := {"available", "pending", "disabled", "deregistered", "failed", "error", "invalid"}

default reason(_) := ""

reason(image) := sprintf(" (%s)", [image.StateReason.Message])
