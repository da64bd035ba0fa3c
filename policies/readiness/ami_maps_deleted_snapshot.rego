# METADATA
# title: The snapshot of the AMI's root device does not exist
# description: >-
#   Judges the mapping of the root device: without its snapshot no launch of the image succeeds. It must be among the
#   snapshots of the image's own account; the Recycle Bin is not looked at. An image that is being made is undecided;
#   other states than available and pending are not applicable. Other devices are left to readiness/ami-partial-snapshots,
#   a root device that is not mapped to any snapshot to readiness/ami-root-not-mapped.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-snapshot.html
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin-working-with-snaps.html
# custom:
#   severity: critical
#   resource: ami
#   remediation: |-
#     Look for the snapshot in the Recycle Bin and restore it:
#     aws ec2 list-snapshots-in-recycle-bin --snapshot-ids SNAPSHOT_ID
#     aws ec2 restore-snapshot-from-recycle-bin --snapshot-id SNAPSHOT_ID
#     If it is not there, the image is lost: move what launches it to another one and deregister it.
#     aws ec2 deregister-image --image-id IMAGE_ID
#   controls: []
package amiscan.readiness.ami_maps_deleted_snapshot

import data.amiscan.lib.images
import data.amiscan.lib.mappings

applies if images.upcoming(input.image)

violation contains {"msg": msg, "subject": device, "evidence": {"SnapshotId": id}} if {
	images.available(input.image)
	some mapping in mappings.from_snapshot(input.image)
	mappings.is_root(mapping, input.image)
	id := mapping.Ebs.SnapshotId
	not exists(id)
	device := mappings.device(mapping)
	msg := sprintf("%s: the root's snapshot %s does not exist in this account: no launch succeeds", [device, id])
}

undecided contains {"msg": images.not_ready(input.image)} if images.pending(input.image)

exists(id) if {
	some snapshot in input.snapshots
	snapshot.SnapshotId == id
}
