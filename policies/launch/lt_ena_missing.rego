# METADATA
# title: Instance type requires ENA and the AMI does not declare it
# description: >-
#   Judges available HVM images on the types of their launches. A type that requires ENA, as all on Nitro do, refuses an
#   image without EnaSupport; one that only supports ENA runs it more slowly. EC2 leaves EnaSupport out where it is not set:
#   so missing means no, unless other fields that EC2 always gives are missing as well. Images for Mac
#   instances are not judged. It is undecided where the type is not known or does not say.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/enhanced-networking-ena.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     Make sure that an instance of the image has the ENA driver, and stop it.
#     Set its attribute and make a new image of it for the launch:
#     aws ec2 modify-instance-attribute --instance-id INSTANCE_ID --ena-support
#     aws ec2 create-image --instance-id INSTANCE_ID --name NAME
#   controls: []
package amiscan.launch.lt_ena_missing

import data.amiscan.lib.boot
import data.amiscan.lib.instance_types

violation contains boot.finding(launch, problem, evidence) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	without_ena(image)
	boot.whole(image)
	some type in input.instance_types
	boot.runs_on(launch, type)
	instance_types.ena(type) == "required"
	problem := sprintf(
		"%s requires ENA and image %s does not declare it: the launch fails",
		[type.InstanceType, image.ImageId],
	)
	evidence := {"ImageId": image.ImageId, "InstanceType": type.InstanceType, "EnaSupport": "required"}
}

undecided contains boot.doubt(launch, question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	without_ena(image)
	some type in input.instance_types
	boot.runs_on(launch, type)
	unclear(image, type)
	question := sprintf(
		"image %s does not tell of ENA support, or type %s does not tell whether it requires it",
		[image.ImageId, type.InstanceType],
	)
}

undecided contains boot.unknown_type(launch, question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	without_ena(image)
	boot.open(launch)
	question := sprintf("whether it refuses image %s, which does not declare ENA support,", [image.ImageId])
}

without_ena(image) if {
	not image.EnaSupport
	not image.VirtualizationType == "paravirtual"
	not mac(image)
}

mac(image) if endswith(image.Architecture, "_mac")

unclear(_, type) if instance_types.ena(type) == ""

unclear(image, type) if {
	instance_types.ena(type) == "required"
	not boot.whole(image)
}
