# METADATA
# title: Launch asks for hibernation that EC2 refuses
# description: >-
#   Judges launches with HibernationOptions.Configured. The instance type must support hibernation, the root volume must be
#   encrypted (by its snapshot, the launch or the account's default), and Nitro Enclaves must be off. Undecided where the
#   type or the root's encryption is not known. Whether the root has room for the memory and whether the operating system
#   can hibernate is not judged.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hibernating-prerequisites.html
# custom:
#   severity: high
#   resource: launcher
#   remediation: |-
#     Encrypt the root in the launch, take a type that can hibernate, or leave hibernation out. Save this as version.json:
#     {"LaunchTemplateId":"ID","SourceVersion":"VERSION","LaunchTemplateData":{"HibernationOptions":{"Configured":false}}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#     aws ec2 describe-instance-types --filters Name=hibernation-supported,Values=true
#   controls: []
package amiscan.launch.lt_hibernation_clear_root

import data.amiscan.lib.boot
import data.amiscan.lib.launch_volumes

violation contains finding(launch, "Nitro Enclaves", "are on") if {
	some launch in input.launches
	launch.data.HibernationOptions.Configured
	launch.data.EnclaveOptions.Enabled
}

violation contains finding(launch, type.InstanceType, "does not support it") if {
	some launch in input.launches
	launch.data.HibernationOptions.Configured
	some type in input.instance_types
	boot.runs_on(launch, type)
	type.HibernationSupported == false
}

violation contains finding(launch, volume.device, sprintf("of image %s will not be encrypted", [image.ImageId])) if {
	some launch in input.launches
	launch.data.HibernationOptions.Configured
	some image in input.images
	boot.uses(launch, image)
	some volume in launch_volumes.encryption(launch, image, input.snapshots, input.account, by_default)
	volume.device == image.RootDeviceName
	volume.encrypted == "false"
}

undecided contains boot.doubt(launch, sprintf("hibernation needs %s encrypted, which can't be told", [volume.device])) if {
	some launch in input.launches
	launch.data.HibernationOptions.Configured
	some image in input.images
	boot.uses(launch, image)
	some volume in launch_volumes.encryption(launch, image, input.snapshots, input.account, by_default)
	volume.device == image.RootDeviceName
	volume.encrypted == "unknown"
}

undecided contains boot.doubt(launch, sprintf("%s does not say whether it supports hibernation", [type.InstanceType])) if {
	some launch in input.launches
	launch.data.HibernationOptions.Configured
	some type in input.instance_types
	boot.runs_on(launch, type)
	object.get(type, "HibernationSupported", null) == null
}

undecided contains boot.unknown_type(launch, "whether it supports hibernation") if {
	some launch in input.launches
	launch.data.HibernationOptions.Configured
	boot.open(launch)
}

by_default := input.ebs_encryption_by_default.EbsEncryptionByDefault

finding(launch, what, reason) := boot.at(what, boot.finding(launch, problem, {"HibernationOptions": {"Configured": true}})) if {
	problem := sprintf("asks for hibernation, but %s %s: the launch fails", [what, reason])
}
