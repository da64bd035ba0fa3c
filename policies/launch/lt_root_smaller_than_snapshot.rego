# METADATA
# title: Launch makes a volume smaller than its snapshot
# description: >-
#   Judges every volume of a launch, the root among them: the VolumeSize that the launch asks for must be at least that of the
#   snapshot, be it the image's or the launch's own. What the image itself maps is never smaller. Undecided where the account
#   does not see the snapshot and the launch asks for less than the image maps: the snapshot may be smaller than that.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     Ask for at least the size of the snapshot, or leave VolumeSize out to take it over. Save this as version.json:
#     {"LaunchTemplateId":"TEMPLATE_ID","SourceVersion":"VERSION","LaunchTemplateData":{"BlockDeviceMappings":
#     [{"DeviceName":"DEVICE","Ebs":{"VolumeSize":SIZE}}]}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#   controls: []
package amiscan.launch.lt_root_smaller_than_snapshot

import data.amiscan.lib.boot
import data.amiscan.lib.launch_volumes

violation contains finding(launch, volume, snapshot) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some volume in launch_volumes.merged(launch, image)
	some snapshot in input.snapshots
	snapshot.SnapshotId == volume.Ebs.SnapshotId
	volume.launch.VolumeSize < snapshot.VolumeSize
}

# Whatever its image, a launch may bring snapshots of its own.
violation contains finding(launch, volume, snapshot) if {
	some launch in input.launches
	some volume in launch_volumes.merged(launch, {})
	some snapshot in input.snapshots
	snapshot.SnapshotId == volume.Ebs.SnapshotId
	volume.launch.VolumeSize < snapshot.VolumeSize
}

undecided contains boot.doubt(boot.common(launch), question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some volume in launch_volumes.merged(launch, image)
	smaller(volume)
	not sized(volume.image.SnapshotId)
	question := sprintf(
		"volume %s is smaller than image %s maps it, and the size of its snapshot %s can't be seen",
		[volume.device, image.ImageId, volume.image.SnapshotId],
	)
}

# smaller holds where the launch keeps the image's snapshot and asks for less than the image does.
smaller(volume) if {
	not volume.launch.SnapshotId
	volume.image.SnapshotId
	volume.launch.VolumeSize
	not enough(volume)
}

enough(volume) if volume.launch.VolumeSize >= volume.image.VolumeSize

sized(id) if {
	some snapshot in input.snapshots
	snapshot.SnapshotId == id
	snapshot.VolumeSize
}

finding(launch, volume, snapshot) := boot.at(volume.device, boot.finding(boot.common(launch), problem, evidence)) if {
	problem := sprintf(
		"volume %s is to have %v GiB, but its snapshot %s has %v: the launch fails",
		[volume.device, volume.launch.VolumeSize, snapshot.SnapshotId, snapshot.VolumeSize],
	)
	evidence := {"VolumeSize": volume.launch.VolumeSize, "snapshot": object.filter(snapshot, {"SnapshotId", "VolumeSize"})}
}
