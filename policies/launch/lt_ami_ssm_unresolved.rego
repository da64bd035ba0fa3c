# METADATA
# title: Launch names an SSM parameter that leads to no AMI
# description: >-
#   Judges launches that name an image as resolve:ssm:PARAMETER, with or without a version or label; own, shared and public
#   parameters alike. The parameter must exist in that version or under that label, its value must be an image id, and the
#   image must be visible to this account in this Region. The state of an image that is there is left to
#   launch/lt-ami-not-available and launch/lt-ami-disabled, an image in the Recycle Bin to launch/lt-ami-in-recycle-bin
#   besides.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     See what the parameter holds and held, and whether the label was moved:
#     aws ssm get-parameter-history --name NAME
#     Write the id of an image that this account can launch; EC2 checks it before it is stored:
#     aws ssm put-parameter --name NAME --value NEW_IMAGE_ID --data-type aws:ec2:image --overwrite
#   controls: []
package amiscan.launch.lt_ami_ssm_unresolved

import data.amiscan.lib.boot
import data.amiscan.lib.images
import data.amiscan.lib.ssm

violation contains finding(launch, "there is no such parameter, version or label: the launch fails") if {
	some launch in input.launches
	ssm.is_reference(launch.image_reference)
	not exists(launch.image_reference)
}

violation contains finding(launch, "its value is no image id: the launch fails") if {
	some launch in input.launches
	some parameter in ssm.answers(input.parameters, launch.image_reference)
	not ssm.holds_image_id(parameter)
}

violation contains finding(launch, sprintf("it leads to image %s, which %s", [id, images.unresolved])) if {
	some launch in input.launches
	some parameter in ssm.answers(input.parameters, launch.image_reference)
	ssm.holds_image_id(parameter)
	id := parameter.Value
	not visible(id)
}

visible(id) if images.listed(input.images, id)

exists(reference) if ssm.answered(input.parameters, reference)

finding(launch, problem) := boot.finding(
	launch,
	sprintf("names %s, but %s", [launch.image_reference, problem]),
	{"ImageId": launch.image_reference},
)
