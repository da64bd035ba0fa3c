# METADATA
# title: AMI or its volumes can't be launched on the instance type
# description: >-
#   Judges available images on the types of their launches in two ways. An image may list types that it supports or does not
#   support (InstanceTypeSpecification; * stands for any text): EC2 refuses others. And a type that does not support EBS
#   encryption can't have a volume that is or will be encrypted, by its snapshot, by the launch or by the account's default.
#   Undecided where the type is not known while the image has such a list, and where it can't be told whether a volume will
#   be encrypted on a type that does not support that.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceTypeSpecification.html
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     See which types the image takes, and choose one of them:
#     aws ec2 describe-images --image-ids IMAGE_ID --query "Images[].InstanceTypeSpecification"
#     aws ec2 describe-instance-types --filters Name=ebs-info.encryption-support,Values=supported
#   controls: []
package amiscan.launch.lt_type_refused

import data.amiscan.lib.boot
import data.amiscan.lib.instance_types
import data.amiscan.lib.launch_volumes

violation contains boot.finding(launch, problem, evidence) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	instance_types.excluded(image.InstanceTypeSpecification, launch.instance_type)
	problem := sprintf("image %s does not support %s: the launch fails", [image.ImageId, launch.instance_type])
	evidence := {"InstanceType": launch.instance_type, "InstanceTypeSpecification": image.InstanceTypeSpecification}
}

violation contains boot.at(volume.device, boot.finding(launch, problem, evidence)) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some type in input.instance_types
	boot.runs_on(launch, type)
	type.EbsInfo.EncryptionSupport == "unsupported"
	some volume in launch_volumes.encryption(launch, image, input.snapshots, input.account, by_default)
	volume.encrypted == "true"
	problem := sprintf("volume %s is encrypted, which %s does not support: the launch fails", [volume.device, type.InstanceType])
	evidence := {"InstanceType": type.InstanceType, "EncryptionSupport": "unsupported", "snapshot": volume.snapshot}
}

undecided contains boot.doubt(launch, question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some type in input.instance_types
	boot.runs_on(launch, type)
	not type.EbsInfo.EncryptionSupport == "supported"
	some volume in launch_volumes.encryption(launch, image, input.snapshots, input.account, by_default)
	unclear(type, volume)
	question := sprintf("whether volume %s is encrypted or %s supports that is not clear", [volume.device, type.InstanceType])
}

undecided contains boot.unknown_type(launch, question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	image.InstanceTypeSpecification
	boot.open(launch)
	question := sprintf("whether it is one that image %s supports", [image.ImageId])
}

by_default := input.ebs_encryption_by_default.EbsEncryptionByDefault

unclear(type, volume) if {
	not type.EbsInfo.EncryptionSupport
	volume.encrypted != "false"
}

unclear(_, volume) if volume.encrypted == "unknown"
