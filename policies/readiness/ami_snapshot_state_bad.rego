# METADATA
# title: AMI maps a snapshot that can't be used
# description: >-
#   Judges the snapshots that an available image maps: one that is in the state error, whose StateMessage tells of a
#   problem with its KMS key (an encrypted copy is made after the call and may fail later), or that is archived can't
#   become a volume, so the launch fails. A temporarily restored snapshot is archived again on the day in
#   RestoreExpiryTime: it is wrong from then on. A snapshot that is not complete, or in another state, is undecided, and
#   so is a pending image. Images in other states are not applicable: archived snapshots are normal behind a disabled
#   image. A snapshot that does not exist is left to the policies ami-maps-deleted-snapshot and ami-partial-snapshots.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Snapshot.html
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive.html
# custom:
#   severity: critical
#   resource: ami
#   remediation: |-
#     Bring an archived snapshot back for good; that takes up to 72 hours:
#     aws ec2 restore-snapshot-tier --snapshot-id SNAPSHOT_ID --permanent-restore
#     Nothing mends a failed copy. Deregister the image; copy it again once the message's cause, often the key, is gone:
#     aws ec2 copy-image --source-image-id SOURCE_IMAGE_ID --source-region SOURCE_REGION --region REGION --name NAME
#   controls: []
package amiscan.readiness.ami_snapshot_state_bad

import data.amiscan.lib.images
import data.amiscan.lib.mappings
import data.amiscan.lib.when

applies if images.upcoming(input.image)

violation contains finding(mapping, snapshot, problem) if {
	some [mapping, snapshot] in mapped
	some problem in problems(snapshot)
}

violation contains when.shown(member) if {
	some member in due
	when.come(member, input.now)
}

due contains object.union(finding(mapping, snapshot, problem), {"from": snapshot.RestoreExpiryTime}) if {
	some [mapping, snapshot] in mapped
	problem := sprintf("is archived again on %s: no launch succeeds from then on", [snapshot.RestoreExpiryTime])
}

undecided contains {"msg": msg, "subject": mappings.device(mapping)} if {
	some [mapping, snapshot] in mapped
	state := object.get(snapshot, "State", "that EC2 does not tell")
	not state in {"completed", "error"}
	msg := sprintf("%s: snapshot %s is in the state %s", [mappings.device(mapping), snapshot.SnapshotId, state])
}

undecided contains {"msg": images.not_ready(input.image)} if images.pending(input.image)

mapped contains [mapping, snapshot] if {
	images.available(input.image)
	some mapping in mappings.from_snapshot(input.image)
	some snapshot in input.snapshots
	snapshot.SnapshotId == mapping.Ebs.SnapshotId
}

# problems say why a snapshot can't be used now.
problems(snapshot) := ({text |
	snapshot.State == "error"
	text := sprintf("is in the state error: %s", [object.get(snapshot, "StateMessage", "EC2 gives no reason")])
} | {sprintf("has trouble with its key: %s", [snapshot.StateMessage]) |
	snapshot.State != "error"
	regex.match(`(?i)\b(kms|keys?)\b`, snapshot.StateMessage)
}) | {"is archived: no launch succeeds until it is restored" |
	snapshot.StorageTier == "archive"
	not snapshot.RestoreExpiryTime
}

finding(mapping, snapshot, problem) := {
	"msg": sprintf("%s: snapshot %s %s", [mappings.device(mapping), snapshot.SnapshotId, problem]),
	"subject": mappings.device(mapping),
	"evidence": object.filter(snapshot, {"SnapshotId", "State", "StateMessage", "StorageTier", "RestoreExpiryTime"}),
}
