# METADATA
# title: AMI needs a kernel or RAM disk from outside the image
# description: >-
#   Judges whether an image that is available or pending names a kernel (aki-…) or a RAM disk (ari-…): it boots with that
#   instead of what is on its root volume. AWS keeps kernels and RAM disks by Region, so such an image can't be copied to
#   a Region that lacks them, and updates of the kernel inside do nothing. That it is paravirtual, if it is, is
#   readiness/ami-not-hvm's to report.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/UserProvidedKernels.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html
# custom:
#   severity: medium
#   resource: ami
#   remediation: |-
#     The kernel of an image can't be changed. Build the workload on a current HVM base image, which boots from its own
#     volume. Once nothing uses this image, deregister it:
#     aws ec2 deregister-image --image-id IMAGE_ID
#   controls: []
package amiscan.readiness.ami_paravirtual_kernel

import data.amiscan.lib.images

applies if images.upcoming(input.image)

violation contains {"msg": msg, "subject": id, "evidence": {field: id}} if {
	applies
	some field, noun in {"KernelId": "kernel", "RamdiskId": "RAM disk"}
	id := object.get(input.image, field, "")
	not id in {"", null}
	msg := sprintf("the image boots with the %s %s, which AWS keeps outside it and only in some Regions", [noun, id])
}
