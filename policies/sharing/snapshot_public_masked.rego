# METADATA
# title: Snapshot is public as soon as block public access is relaxed
# description: >-
#   Judges whether the snapshot's create-volume permission names the group all while the Region's block public access for
#   snapshots is block-all-sharing: the permission is still there and only hidden, so nobody sees the snapshot now, and
#   everybody does once the setting is changed. sharing/snapshot-public reports the same permission whatever the setting
#   is; this policy tells the hidden ones from those that are open now. It is off by default, so that one permission is
#   not reported twice.
# scope: package
# schemas:
#   - input: schema.snapshot
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSnapshotBlockPublicAccess.html
# custom:
#   severity: high
#   resource: snapshot
#   remediation: |-
#     Withdraw the permission before anybody relaxes the setting:
#     aws ec2 modify-snapshot-attribute --snapshot-id SNAPSHOT_ID --create-volume-permission "Remove=[{Group=all}]"
#     Treat what the snapshot holds as known to others if it was ever public without the setting.
#   controls: []
#   default: false
package amiscan.sharing.snapshot_public_masked

violation contains {"msg": msg, "evidence": evidence} if {
	input.snapshot_public == true
	input.snapshot_block_public_access.State == "block-all-sharing"
	msg := "the snapshot's permission names everybody, and only block public access (block-all-sharing) hides it"
	evidence := {"Group": "all", "snapshot_block_public_access": input.snapshot_block_public_access}
}

undecided contains {"msg": "the snapshot is public, and block public access does not say its state"} if {
	input.snapshot_public == true
	not input.snapshot_block_public_access.State
}
