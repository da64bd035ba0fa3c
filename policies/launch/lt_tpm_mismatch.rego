# METADATA
# title: AMI needs a NitroTPM and the launch gives it none
# description: >-
#   Judges available images with TpmSupport v2.0. The instance type must support NitroTPM, as NitroTpmSupport says, and boot
#   the image by UEFI: one that is legacy-bios, or is booted by legacy BIOS on this type, is refused. Local Zones, Wavelength
#   Zones and Outposts have no NitroTPM. An image that is not set to uefi but would boot by it is undecided, as are types
#   that are not known or do not say.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/enable-nitrotpm-prerequisites.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     Choose a type with NitroTPM, in an availability zone:
#     aws ec2 describe-instance-types --filters Name=nitro-tpm-support,Values=supported
#     What an image says of its TPM can't be changed. To do without, or to boot by UEFI, register its snapshots anew:
#     aws ec2 register-image --cli-input-json file://image.json
#   controls: []
package amiscan.launch.lt_tpm_mismatch

import data.amiscan.lib.boot
import data.amiscan.lib.boot_modes
import data.amiscan.lib.places

violation contains boot.finding(launch, problem, evidence) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	image.TpmSupport == "v2.0"
	some type in input.instance_types
	boot.runs_on(launch, type)
	found := obstacles(type, image)
	count(found) > 0
	problem := sprintf("image %s needs a NitroTPM, but %s: the launch fails", [image.ImageId, concat(" and ", found)])
	evidence := {"ImageId": image.ImageId, "TpmSupport": "v2.0", "InstanceType": type.InstanceType}
}

violation contains boot.at(place, boot.finding(launch, problem, evidence)) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	image.TpmSupport == "v2.0"
	some place in places.edges(launch, input.subnets)
	problem := sprintf("image %s needs a NitroTPM, and there is none in %s: the launch fails", [image.ImageId, place])
	evidence := {"ImageId": image.ImageId, "TpmSupport": "v2.0", "place": place}
}

undecided contains boot.doubt(launch, question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	image.TpmSupport == "v2.0"
	some type in input.instance_types
	boot.runs_on(launch, type)
	obstacles(type, image) == set()
	[object.get(type, "NitroTpmSupport", ""), object.get(image, "BootMode", "")] != ["supported", "uefi"]
	question := sprintf("it can't be told whether %s gives image %s its NitroTPM by UEFI", [type.InstanceType, image.ImageId])
}

undecided contains boot.unknown_type(launch, question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	image.TpmSupport == "v2.0"
	boot.open(launch)
	question := sprintf("whether it has the NitroTPM that image %s needs", [image.ImageId])
}

obstacles(type, image) := {sprintf("%s %s", [type.InstanceType, obstacle]) |
	some obstacle in ["has none", "boots it by legacy BIOS"]
	stands(obstacle, type, image)
}

stands("has none", type, _) if type.NitroTpmSupport == "unsupported"

stands("boots it by legacy BIOS", type, image) if boot_modes.legacy(type, image)
