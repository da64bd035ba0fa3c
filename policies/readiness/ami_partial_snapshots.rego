# METADATA
# title: A snapshot that the AMI maps besides its root does not exist
# description: >-
#   Judges each mapping of an available image to a snapshot, the root device apart: the snapshot must be among those of
#   the image's own account. EC2 keeps a root's snapshot from being deleted while its image is registered; the others
#   are easily lost in a clean-up, and every launch that does not leave the device out fails. The Recycle Bin is not
#   looked at. A pending image is undecided, other states are not applicable. The root device is left to
#   readiness/ami-maps-deleted-snapshot.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-snapshot.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html
# custom:
#   severity: high
#   resource: ami
#   remediation: |-
#     Look for the snapshot in the Recycle Bin and restore it:
#     aws ec2 list-snapshots-in-recycle-bin --snapshot-ids SNAPSHOT_ID
#     aws ec2 restore-snapshot-from-recycle-bin --snapshot-id SNAPSHOT_ID
#     Otherwise launch without the device, and make an image that does not map it of that instance:
#     aws ec2 run-instances --image-id IMAGE_ID --instance-type TYPE --block-device-mappings DeviceName=DEVICE,NoDevice=""
#     aws ec2 create-image --instance-id INSTANCE_ID --name NAME
#   controls: []
package amiscan.readiness.ami_partial_snapshots

import data.amiscan.lib.images
import data.amiscan.lib.mappings

applies if images.upcoming(input.image)

violation contains {"msg": msg, "subject": device, "evidence": {"SnapshotId": id}} if {
	images.available(input.image)
	some mapping in mappings.from_snapshot(input.image)
	not mappings.is_root(mapping, input.image)
	id := mapping.Ebs.SnapshotId
	not exists(id)
	device := mappings.device(mapping)
	msg := sprintf("%s: snapshot %s does not exist in this account: launches with this device fail", [device, id])
}

undecided contains {"msg": images.not_ready(input.image)} if images.pending(input.image)

exists(id) if {
	some snapshot in input.snapshots
	snapshot.SnapshotId == id
}
