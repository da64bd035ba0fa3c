# METADATA
# title: Launch maps another device name than the root of its AMI
# description: >-
#   A launch that maps /dev/xvda, /dev/sda or /dev/sda1 means the root volume. Where the image's root device has another name,
#   EC2 adds a second, empty volume, and the size, type and encryption that were meant for the root miss it. Not judged are
#   launches that map the real root as well, names that the image itself maps, mappings with a snapshot of their own, and
#   other device names, which may be data disks.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
# custom:
#   severity: high
#   resource: launcher
#   remediation: |-
#     Ask the image for the name of its root, and use that in the launch:
#     aws ec2 describe-images --image-ids IMAGE_ID --query "Images[].RootDeviceName"
#     {"LaunchTemplateId":"TEMPLATE_ID","SourceVersion":"VERSION","LaunchTemplateData":{"BlockDeviceMappings":
#     [{"DeviceName":"ROOT_DEVICE_NAME","Ebs":{"VolumeSize":SIZE,"VolumeType":"gp3","Encrypted":true}}]}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#   controls: []
package amiscan.launch.lt_root_device_name_mismatch

import data.amiscan.lib.boot
import data.amiscan.lib.launch_volumes

violation contains boot.at(mapping.DeviceName, boot.finding(boot.common(launch), problem, evidence)) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some mapping in launch_volumes.asked(launch)
	mapping.DeviceName in {"/dev/xvda", "/dev/sda", "/dev/sda1"}
	adds_volume(mapping)
	not mapping.DeviceName in mapped(image)
	not image.RootDeviceName in {other.DeviceName | some other in launch_volumes.asked(launch)}
	problem := sprintf(
		"maps %s, but the root of image %s is %s: that adds an empty volume and leaves the root as it is",
		[mapping.DeviceName, image.ImageId, image.RootDeviceName],
	)
	evidence := {"ImageId": image.ImageId, "RootDeviceName": image.RootDeviceName, "mapping": mapping}
}

# mapped are the devices of the image, the root among them.
mapped(image) := {image.RootDeviceName} | {mapping.DeviceName |
	some mapping in object.get(image, "BlockDeviceMappings", [])
}

adds_volume(mapping) if {
	mapping.Ebs
	not mapping.Ebs.SnapshotId
	not "NoDevice" in object.keys(mapping)
}
