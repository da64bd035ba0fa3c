# METADATA
# title: AMI is encrypted under a KMS key that is disabled or on its way out
# description: >-
#   Judges the keys of the snapshots that an available or pending image maps: with one that is disabled, to be deleted,
#   without material, cut off or gone, it can't be launched, now already; from DeletionDate on, nothing brings it back.
#   What launches it, and its instances, are findings of their own: these do not start again once stopped, unless their
#   volumes are under another key. A key of another account that KMS does not find, one in another state, and a mapping
#   whose snapshot can't be found are undecided. Further keys that were associated with a snapshot are not seen.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/unusable-kms-keys.html
# custom:
#   severity: critical
#   resource: ami
#   remediation: |-
#     Keep the key while anything is under it:
#     aws kms cancel-key-deletion --key-id KEY_ARN
#     aws kms enable-key --key-id KEY_ARN
#     To retire it, first put a copy under another key, in place of this image:
#     aws ec2 copy-image --source-image-id IMAGE_ID --source-region REGION --region REGION --name NAME --encrypted --kms-key-id NEW_KEY_ARN
#     Copy the instances' volumes in the same manner, by snapshots.
#   controls: []
package amiscan.encryption.ami_key_dying

import data.amiscan.lib.images
import data.amiscan.lib.key_loss
import data.amiscan.lib.mappings
import data.amiscan.lib.when

applies if images.upcoming(input.image)

violation contains key_loss.finding(arn, loss) if some [arn, loss] in lost

violation contains key_loss.launches(arn, input.references) if some [arn, _] in lost

violation contains key_loss.instances(arn, input.instances) if some [arn, _] in lost

violation contains when.shown(member) if {
	some member in due
	when.come(member, input.now)
}

due contains key_loss.deletion(key) if {
	some arn in mapped
	some key in input.keys
	key.Arn == arn
}

undecided contains {"msg": sprintf("the key %s %s", [arn, why]), "subject": arn} if {
	some arn in mapped
	some why in key_loss.open(arn, input.keys, input.account)
}

undecided contains mappings.without_key(mapping) if {
	applies
	some mapping in mappings.encrypted(input.image)
	not told(mapping.Ebs.SnapshotId)
}

lost contains [arn, loss] if {
	some arn in mapped
	some loss in key_loss.losses(arn, input.keys, input.account)
}

mapped contains snapshot.KmsKeyId if {
	applies
	some mapping in mappings.encrypted(input.image)
	some snapshot in input.snapshots
	snapshot.SnapshotId == mapping.Ebs.SnapshotId
}

told(id) if mappings.tells_key(input.snapshots, id)
