# METADATA
# title: AMI is for 32-bit processors
# description: >-
#   Judges the architecture of images that are available or pending. Only a few previous generation instance types launch
#   i386 images, and few systems still get 32-bit security updates. An image that does not say its architecture is
#   undecided.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-types.html
# custom:
#   severity: medium
#   resource: ami
#   remediation: |-
#     The architecture of an image can't be changed. Build the workload on a current base image for x86_64 or arm64.
#     See which types still launch this one:
#     aws ec2 describe-instance-types --filters Name=processor-info.supported-architecture,Values=i386
#     Once nothing uses it, deregister it:
#     aws ec2 deregister-image --image-id IMAGE_ID
#   controls: []
package amiscan.readiness.ami_i386

import data.amiscan.lib.images

applies if images.upcoming(input.image)

violation contains {"msg": msg, "evidence": {"Architecture": "i386"}} if {
	applies
	input.image.Architecture == "i386"
	msg := "the image is for 32-bit processors (i386): only a few previous generation instance types launch it"
}

undecided contains {"msg": "the image does not say which architecture it is for"} if {
	applies
	not input.image.Architecture
}
