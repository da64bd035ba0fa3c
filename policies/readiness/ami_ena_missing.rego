# METADATA
# title: AMI does not declare ENA support
# description: >-
#   Judges HVM images with an EBS root that are available; others, and images for Mac instances, are not applicable. EC2
#   leaves EnaSupport out when it is not set, so missing means no. Instance types that require ENA, among them those
#   built on Nitro, refuse such an image; on types that only support it, enhanced networking stays off. The field is
#   what the image declares: whether the driver is installed can't be seen from outside. A pending image is undecided.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/enhanced-networking-ena.html
# custom:
#   severity: medium
#   resource: ami
#   remediation: |-
#     Make sure that an instance of the image has the ENA driver, and stop it.
#     Set its attribute and make a new image of it:
#     aws ec2 modify-instance-attribute --instance-id INSTANCE_ID --ena-support
#     aws ec2 create-image --instance-id INSTANCE_ID --name NAME
#     In the builder, declare it from the start (Packer: ena_support; register-image: --ena-support).
#   controls: []
package amiscan.readiness.ami_ena_missing

import data.amiscan.lib.images

applies if {
	images.upcoming(input.image)
	input.image.VirtualizationType == "hvm"
	input.image.RootDeviceType == "ebs"
	not mac
}

mac if endswith(input.image.Architecture, "_mac")

violation contains {"msg": msg, "evidence": evidence} if {
	applies
	not images.pending(input.image)
	not input.image.EnaSupport
	msg := "the image does not declare ENA support: instance types that require ENA refuse to launch it"
	evidence := object.filter(input.image, {"EnaSupport", "Architecture"})
}

undecided contains {"msg": images.not_ready(input.image)} if {
	applies
	images.pending(input.image)
	not input.image.EnaSupport
}
