# METADATA
# title: Instance type does not run the virtualization or root device type of the AMI
# description: >-
#   Holds the image's VirtualizationType (hvm or paravirtual) and RootDeviceType (ebs or instance-store) against what the
#   instance type of the same launch supports. Paravirtual images and instance-store roots run on a few previous generation
#   types only. Judged are available images on types that the Region has. Undecided where the image or the type does not
#   say, and where the type is not known and the image is not both hvm and ebs.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ComponentsAMIs.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     Neither can be changed in an image. Build the workload on a current base image, hvm with an EBS root, or use a type
#     that still runs it:
#     aws ec2 describe-instance-types --filters Name=supported-virtualization-type,Values=paravirtual
#   controls: []
package amiscan.launch.lt_virtualization_mismatch

import data.amiscan.lib.boot
import data.amiscan.lib.instance_types

violation contains boot.at(trait.called, boot.finding(launch, problem, evidence)) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some type in input.instance_types
	boot.runs_on(launch, type)
	some trait in traits(image, type)
	trait.is != ""
	instance_types.lacks(trait.supported, trait.is)
	problem := sprintf(
		"image %s has the %s %s, which %s does not run: the launch fails",
		[image.ImageId, trait.called, trait.is, type.InstanceType],
	)
	evidence := {"ImageId": image.ImageId, "InstanceType": type.InstanceType, "is": trait.is, "supported": trait.supported}
}

undecided contains boot.doubt(launch, question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some type in input.instance_types
	boot.runs_on(launch, type)
	some trait in traits(image, type)
	"" in [trait.is, concat("", trait.supported)]
	question := sprintf("image %s or type %s does not tell its %s", [image.ImageId, type.InstanceType, trait.called])
}

undecided contains boot.unknown_type(launch, question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	boot.open(launch)
	some trait in traits(image, {})
	not trait.is in {"hvm", "ebs"}
	question := sprintf("whether it runs the %s of image %s", [trait.called, image.ImageId])
}

traits(image, type) := [
	{
		"called": "virtualization type",
		"is": object.get(image, "VirtualizationType", ""),
		"supported": object.get(type, "SupportedVirtualizationTypes", []),
	},
	{
		"called": "root device type",
		"is": object.get(image, "RootDeviceType", ""),
		"supported": object.get(type, "SupportedRootDeviceTypes", []),
	},
]
