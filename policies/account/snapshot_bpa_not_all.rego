# METADATA
# title: Block public access for snapshots does not block all public sharing
# description: >-
#   Judges the setting of the account in this Region. block-new-sharing keeps snapshots from being made public but leaves
#   those that are so already; only block-all-sharing hides these too. Which snapshots are public is judged one by one
#   (sharing/snapshot-public). AMIs have a setting of their own.
# scope: package
# schemas:
#   - input: schema.settings
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
# custom:
#   severity: high
#   resource: settings
#   remediation: |-
#     First see that nothing needs a public snapshot of this account, then block all of them:
#     aws ec2 enable-snapshot-block-public-access --state block-all-sharing
#     Where a declarative policy manages the setting, change the policy in the organization instead.
#   controls:
#     - FSBP/EC2.182
#     - Config/ebs-snapshot-block-public-access
package amiscan.account.snapshot_bpa_not_all

violation contains {"msg": msg, "evidence": input.snapshot_block_public_access} if {
	msg := consequences[input.snapshot_block_public_access.State]
}

undecided contains {"msg": "EC2 does not say in a known way whether public sharing of snapshots is blocked"} if not told

told if input.snapshot_block_public_access.State in {"unblocked", "block-new-sharing", "block-all-sharing"}

consequences := {
	"unblocked": concat(" ", [
		"block public access for snapshots is off:",
		"snapshots of this account can be made public in this Region",
	]),
	"block-new-sharing": concat(" ", [
		"block public access for snapshots blocks new sharing only:",
		"a snapshot of this account that is public already stays public",
	]),
}
