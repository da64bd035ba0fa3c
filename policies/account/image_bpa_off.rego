# METADATA
# title: Block public access for AMIs is off
# description: >-
#   Judges the setting of the account in this Region. While it is off, whoever may change an AMI's launch permission can
#   make it public. AMIs that are public already stay so when it is switched on: sharing/ami-public judges each of them.
#   Snapshots have a setting of their own.
# scope: package
# schemas:
#   - input: schema.settings
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
# custom:
#   severity: high
#   resource: settings
#   remediation: |-
#     First see that nothing needs a public AMI of this account, then switch it on; it takes up to ten minutes:
#     aws ec2 enable-image-block-public-access --image-block-public-access-state block-new-sharing
#     Where a declarative policy manages the setting, change the policy in the organization instead.
#   controls:
#     - ControlTower/CT.EC2.PV.11
package amiscan.account.image_bpa_off

violation contains {"msg": msg, "evidence": input.image_block_public_access} if {
	input.image_block_public_access.ImageBlockPublicAccessState == "unblocked"
	msg := "block public access for AMIs is off: AMIs of this account can be made public in this Region"
}

undecided contains {"msg": "EC2 does not say in a known way whether public sharing of AMIs is blocked"} if not told

told if input.image_block_public_access.ImageBlockPublicAccessState in {"unblocked", "block-new-sharing"}
