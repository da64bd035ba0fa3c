# METADATA
# title: Launch maps more volumes than the instance type can have attached
# description: >-
#   Counts the volumes that a launch of an available image makes and compares them with the type's MaximumEbsAttachments.
#   Where that limit is dedicated to volumes, more can't be attached. Elsewhere network interfaces share it and more than
#   that is undecided: EC2 may refuse the launch, or the instance may not boot. A type that does not say its limit is not
#   judged; instance-store volumes, which share it too, are not counted.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/volume_limits.html
# custom:
#   severity: medium
#   resource: launcher
#   remediation: |-
#     Take volumes out of the launch or the image, or choose a type that can have more:
#     aws ec2 describe-instance-types --instance-types INSTANCE_TYPE --query "InstanceTypes[].EbsInfo"
#   controls: []
package amiscan.launch.lt_volume_limit

import data.amiscan.lib.boot
import data.amiscan.lib.launch_volumes

violation contains boot.finding(launch, problem, {"InstanceType": type.InstanceType, "EbsInfo": limit(type)}) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some type in input.instance_types
	boot.runs_on(launch, type)
	type.EbsInfo.AttachmentLimitType == "dedicated"
	volumes := count(launch_volumes.merged(launch, image))
	volumes > type.EbsInfo.MaximumEbsAttachments
	problem := sprintf(
		"makes %d volumes, and %s can have %d: the launch fails",
		[volumes, type.InstanceType, type.EbsInfo.MaximumEbsAttachments],
	)
}

undecided contains boot.doubt(launch, question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some type in input.instance_types
	boot.runs_on(launch, type)
	not type.EbsInfo.AttachmentLimitType == "dedicated"
	volumes := count(launch_volumes.merged(launch, image))
	volumes + interfaces(launch) > type.EbsInfo.MaximumEbsAttachments
	question := sprintf(
		"makes %d volumes and %d network interfaces, and %s can have about %d attachments in all",
		[volumes, interfaces(launch), type.InstanceType, type.EbsInfo.MaximumEbsAttachments],
	)
}

limit(type) := object.filter(type.EbsInfo, {"MaximumEbsAttachments", "AttachmentLimitType"})

# Every instance has one interface, whether the launch names it or not.
interfaces(launch) := max([1, count(object.get(launch, ["data", "NetworkInterfaces"], []))])
