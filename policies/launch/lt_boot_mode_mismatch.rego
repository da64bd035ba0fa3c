# METADATA
# title: Instance type does not boot the AMI in its boot mode
# description: >-
#   An image with BootMode uefi or legacy-bios needs a type that supports it. One without takes the type's default: uefi for
#   arm64, legacy-bios for x86; an x86 image on a type with UEFI only is undecided, as no page of AWS says what happens.
#   uefi-preferred always boots; where the type lacks UEFI, Secure Boot is lost, and whether that matters is undecided. So
#   are UEFI in a Local Zone, Wavelength Zone or Outpost, and types that are not known. Judged are available images; images
#   for Mac instances without a boot mode are not. Whether the operating system is ready for the mode can't be seen.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-boot.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     Choose a type that supports the image's boot mode:
#     aws ec2 describe-instance-types --filters Name=supported-boot-mode,Values=BOOT_MODE
#     Or register the image's snapshots anew with another boot mode, if its operating system is ready for that:
#     aws ec2 register-image --cli-input-json file://image.json
#   controls: []
package amiscan.launch.lt_boot_mode_mismatch

import data.amiscan.lib.boot
import data.amiscan.lib.boot_doubts
import data.amiscan.lib.boot_modes
import data.amiscan.lib.places

violation contains boot.finding(launch, problem, evidence) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some type in input.instance_types
	boot.runs_on(launch, type)
	boot_modes.refuses(type, image)
	mode := boot_modes.wanted(image)
	problem := sprintf("image %s boots by %s, which %s does not: the launch fails", [image.ImageId, mode, type.InstanceType])
	evidence := {
		"ImageId": image.ImageId,
		"BootMode": object.get(image, "BootMode", ""),
		"InstanceType": type.InstanceType,
		"SupportedBootModes": type.SupportedBootModes,
	}
}

undecided contains boot.doubt(launch, question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some type in input.instance_types
	boot.runs_on(launch, type)
	some question in boot_doubts.doubts(type, image)
}

undecided contains boot.unknown_type(launch, question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	image.BootMode in {"uefi", "legacy-bios"}
	boot.open(launch)
	question := sprintf("whether it boots image %s by %s", [image.ImageId, image.BootMode])
}

undecided contains boot.doubt(launch, question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	image.BootMode in {"uefi", "uefi-preferred"}
	some place in places.edges(launch, input.subnets)
	question := sprintf("image %s boots by UEFI, which AWS does not promise in %s", [image.ImageId, place])
}
