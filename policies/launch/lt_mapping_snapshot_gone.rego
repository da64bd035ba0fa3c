# METADATA
# title: Launch maps a snapshot that can't be used
# description: >-
#   Judges the snapshots that a launch's volumes are made from: those that it names itself and those of its image. A snapshot
#   that is gone, in the state error or archived makes the launch fail. One that the launch names must be visible to the
#   account; snapshots of another owner's image usually are not, and are judged only where they are. Undecided are a pending
#   or recovering snapshot, one that was restored from the archive for a time, and a state that EC2 has added since. Images
#   that are not available are not judged: disabled ones may well have archived snapshots.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     Look for the snapshot in the Recycle Bin and the archive, and bring it back:
#     aws ec2 restore-snapshot-from-recycle-bin --snapshot-id SNAPSHOT_ID
#     aws ec2 restore-snapshot-tier --snapshot-id SNAPSHOT_ID --permanent-restore
#     Otherwise take it out of the launch's mappings, or make the image anew.
#   controls: []
package amiscan.launch.lt_mapping_snapshot_gone

import data.amiscan.lib.boot
import data.amiscan.lib.launch_snapshots
import data.amiscan.lib.launch_volumes

violation contains finding(launch, volume, "does not exist, or not for this account") if {
	some launch in input.launches
	some volume in launch_snapshots.named(launch)
	not there(volume.Ebs.SnapshotId)
}

violation contains finding(launch, volume, state) if {
	some launch in input.launches
	some volume in launch_snapshots.named(launch)
	some snapshot in input.snapshots
	snapshot.SnapshotId == volume.Ebs.SnapshotId
	state := launch_snapshots.unusable(snapshot)
}

violation contains finding(launch, volume, "does not exist any more") if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	image.OwnerId == input.account
	some volume in launch_snapshots.taken(launch, image)
	not there(volume.Ebs.SnapshotId)
}

violation contains finding(launch, volume, state) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some volume in launch_volumes.merged(launch, image)
	some snapshot in input.snapshots
	snapshot.SnapshotId == volume.Ebs.SnapshotId
	state := launch_snapshots.unusable(snapshot)
}

undecided contains boot.doubt(boot.common(launch), question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some volume in launch_volumes.merged(launch, image)
	some snapshot in input.snapshots
	snapshot.SnapshotId == volume.Ebs.SnapshotId
	question := sprintf("snapshot %s of %s %s", [snapshot.SnapshotId, volume.device, launch_snapshots.doubtful(snapshot)])
}

there(id) if launch_snapshots.listed(input.snapshots, id)

finding(launch, volume, state) := boot.at(volume.device, boot.finding(
	launch,
	sprintf("snapshot %s of %s %s: the launch fails", [volume.Ebs.SnapshotId, volume.device, state]),
	{"SnapshotId": volume.Ebs.SnapshotId, "device": volume.device},
))
