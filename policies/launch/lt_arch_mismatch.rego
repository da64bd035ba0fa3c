# METADATA
# title: Instance type does not run the architecture of the AMI
# description: >-
#   Holds the image's Architecture against what the instance type of the same launch supports, for each override of a group
#   or fleet too: there it shows as capacity that never comes. Judged are available images on types that the Region has. It
#   is undecided where requirements or the caller choose the type, and where the type or the image does not say; that is
#   said here once for whatever else depends on the type.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ProcessorInfo.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     Choose an instance type of the image's architecture, or an image of the type's:
#     aws ec2 describe-instance-types --filters Name=processor-info.supported-architecture,Values=ARCHITECTURE
#     Groups and fleets that mix architectures need a template of its own for each, named in the override.
#   controls: []
package amiscan.launch.lt_arch_mismatch

import data.amiscan.lib.boot
import data.amiscan.lib.instance_types

violation contains boot.finding(launch, problem, evidence) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some type in input.instance_types
	boot.runs_on(launch, type)
	supported := instance_types.architectures(type)
	instance_types.lacks(supported, image.Architecture)
	problem := sprintf(
		"image %s is made for %s, but %s runs %s only: the launch fails",
		[image.ImageId, image.Architecture, type.InstanceType, concat(" or ", supported)],
	)
	evidence := {
		"ImageId": image.ImageId,
		"Architecture": image.Architecture,
		"InstanceType": type.InstanceType,
		"SupportedArchitectures": supported,
	}
}

undecided contains boot.doubt(launch, question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some type in input.instance_types
	boot.runs_on(launch, type)
	not both_say(image, type)
	question := sprintf("image %s or type %s does not say its architecture", [image.ImageId, type.InstanceType])
}

undecided contains boot.unknown_type(launch, question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	boot.open(launch)
	question := sprintf("whether it boots image %s", [image.ImageId])
}

both_say(image, type) if {
	image.Architecture
	count(instance_types.architectures(type)) > 0
}
