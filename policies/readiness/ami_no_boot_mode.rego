# METADATA
# title: AMI does not say its boot mode
# description: >-
#   Judges HVM images for x86_64 that are available or pending. Without a boot mode, an instance boots in its type's
#   default, which is legacy BIOS on Intel and AMD: UEFI Secure Boot and NitroTPM stay out of reach, although the system
#   may be prepared for them. That is sound for many images, so this is off by default. Images for arm64 boot by UEFI
#   in any case and, like those for Mac instances and i386, are not applicable.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-boot.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/launch-instance-boot-mode.html
# custom:
#   severity: info
#   resource: ami
#   remediation: |-
#     The boot mode is fixed when an image is registered. If the system inside boots by UEFI, register it anew, with
#     uefi-preferred so that types without UEFI still boot it (Packer: boot_mode). Save this as image.json:
#     {"Name":"NAME","Architecture":"x86_64","VirtualizationType":"hvm","RootDeviceName":"/dev/xvda","EnaSupport":true,
#     "BootMode":"uefi-preferred","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"SnapshotId":"SNAPSHOT_ID"}}]}
#     aws ec2 register-image --cli-input-json file://image.json
#   controls: []
#   default: false
package amiscan.readiness.ami_no_boot_mode

import data.amiscan.lib.images

applies if {
	images.upcoming(input.image)
	input.image.VirtualizationType == "hvm"
	object.get(input.image, "Architecture", "x86_64") == "x86_64"
}

violation contains {"msg": msg, "evidence": evidence} if {
	applies
	not images.pending(input.image)
	not input.image.BootMode
	msg := "the image does not say its boot mode: Intel and AMD types boot it in legacy BIOS mode"
	evidence := object.filter(input.image, {"Architecture"})
}

undecided contains {"msg": images.not_ready(input.image)} if {
	applies
	images.pending(input.image)
	not input.image.BootMode
}
