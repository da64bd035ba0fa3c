# METADATA
# title: AMI is paravirtual, not HVM
# description: >-
#   Judges the virtualization type of images that are available or pending. Paravirtual images launch on a few previous
#   generation instance types only; every current type needs hvm. An image that does not say its type is undecided.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html
# custom:
#   severity: high
#   resource: ami
#   remediation: |-
#     The type of an image can't be changed. Build the workload on a current HVM base image.
#     Or, if the root volume has its own boot loader and kernel, register that anew; save this as image.json:
#     {"Name":"NAME","Architecture":"x86_64","VirtualizationType":"hvm","RootDeviceName":"/dev/xvda",
#     "BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"SnapshotId":"SNAPSHOT_ID"}}]}
#     aws ec2 register-image --cli-input-json file://image.json
#     Try the new image before you deregister this one.
#   controls: []
package amiscan.readiness.ami_not_hvm

import data.amiscan.lib.images

applies if images.upcoming(input.image)

violation contains {"msg": msg, "evidence": evidence} if {
	applies
	input.image.VirtualizationType == "paravirtual"
	msg := "the image is paravirtual: no current instance type launches it"
	evidence := object.filter(input.image, {"VirtualizationType", "KernelId", "RamdiskId"})
}

undecided contains {"msg": "the image does not say which virtualization type it has"} if {
	applies
	not input.image.VirtualizationType
}
