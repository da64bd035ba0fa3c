# METADATA
# title: AMI maps a volume of a previous generation type
# description: >-
#   Judges the volume type of each EBS mapping: standard (magnetic) and gp2 are slower or dearer than gp3, io1 is less
#   durable than io2 at the same price. What a launch template sets instead is not looked at, nor are snapshots on an
#   Outpost, which does not offer every type. Images of AWS Backup and Data Lifecycle Manager, and those that are neither
#   available nor pending, are not applicable. A mapping that does not say its type is undecided.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
# custom:
#   severity: low
#   resource: ami
#   remediation: |-
#     Mappings of an image can't be changed. Set the type where the image is made (Packer: volume_type), or anew:
#     aws ec2 create-image --instance-id INSTANCE_ID --name NAME --cli-input-json file://mappings.json
#     where mappings.json is {"BlockDeviceMappings":[{"DeviceName":"DEVICE","Ebs":{"VolumeType":"gp3"}}]}
#     Until then, set it in the launch template. A gp2 volume above 1000 GiB has more than gp3's 3000 IOPS: set Iops too.
#   controls: []
#   default: false
package amiscan.readiness.ami_mapping_old_type

import data.amiscan.lib.backups
import data.amiscan.lib.images
import data.amiscan.lib.mappings

applies if {
	images.upcoming(input.image)
	not backups.made(input.image)
}

violation contains {"msg": msg, "subject": device, "evidence": {"VolumeType": type}} if {
	applies
	some mapping in mappings.ebs(input.image)
	not mapping.Ebs.OutpostArn
	type := mapping.Ebs.VolumeType
	instead := newer[type]
	device := mappings.device(mapping)
	msg := sprintf("%s: the volume type %s is of a previous generation; %s takes its place", [device, type, instead])
}

undecided contains {"msg": msg, "subject": device} if {
	applies
	some mapping in mappings.ebs(input.image)
	not mapping.Ebs.VolumeType
	device := mappings.device(mapping)
	msg := sprintf("%s: the image does not say which volume type it maps", [device])
}

newer := {"standard": "gp3", "gp2": "gp3", "io1": "io2"}
