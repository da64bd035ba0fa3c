# METADATA
# title: AMI was never made or is broken
# description: >-
#   Judges the state: an image that is failed, error or invalid can't be launched and will not mend; its StateReason says
#   why. available passes, and so does disabled, which is somebody's decision. An image that is still pending, transient
#   or in a state that is not known here is undecided. One that is deregistered already is not applicable.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html
# custom:
#   severity: medium
#   resource: ami
#   remediation: |-
#     Look at the reason, take the image away with the snapshots that it left behind, and make it again:
#     aws ec2 describe-images --image-ids IMAGE_ID --query "Images[].StateReason"
#     aws ec2 deregister-image --image-id IMAGE_ID --delete-associated-snapshots
#     A failed copy often lacks access to the key of the source or of the destination.
#   controls: []
package amiscan.readiness.ami_not_available

import data.amiscan.lib.images

applies if not input.image.State == "deregistered"

violation contains {"msg": msg, "evidence": evidence} if {
	input.image.State in {"failed", "error", "invalid"}
	msg := sprintf("the image is in the state %s: %s", [input.image.State, reason])
	evidence := object.filter(input.image, {"State", "StateReason"})
}

undecided contains {"msg": images.not_ready(input.image)} if images.pending(input.image)

undecided contains {"msg": sprintf("the image is in the state %s, of which nothing is known here", [state])} if {
	state := input.image.State
	not state in {"available", "disabled", "pending", "failed", "error", "invalid", "deregistered"}
}

default reason := "EC2 gives no reason"

reason := input.image.StateReason.Message
