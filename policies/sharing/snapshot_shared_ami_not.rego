# METADATA
# title: Snapshot is shared with an account that may not launch its AMI
# description: >-
#   Judges each account that may make volumes of a snapshot which an own image maps: launching the image never needs
#   that, only copying it does, and for that the account needs the image as well. Without the image, it gets the raw
#   blocks past the image's launch permissions. One image that maps the snapshot and is shared with the account, or
#   public, is enough. Where such an image is shared with an organization or OU only, whether the account belongs to it
#   can't be seen: it is undecided. Snapshots that no own image maps are not applicable; public ones are left to
#   sharing/snapshot-public.
# scope: package
# schemas:
#   - input: schema.snapshot
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
# custom:
#   severity: high
#   resource: snapshot
#   remediation: |-
#     Withdraw the share of the snapshot:
#     aws ec2 modify-snapshot-attribute --snapshot-id SNAPSHOT_ID --create-volume-permission "Remove=[{UserId=ACCOUNT_ID}]"
#     If the account is to copy the image, share the image with it too:
#     aws ec2 modify-image-attribute --image-id IMAGE_ID --launch-permission "Add=[{UserId=ACCOUNT_ID}]"
#   controls: []
package amiscan.sharing.snapshot_shared_ami_not

import data.amiscan.lib.audiences

applies if count(input.image_audiences) > 0

violation contains {"msg": msg, "subject": permission.UserId, "evidence": evidence} if {
	applies
	some permission in input.snapshot_permissions
	is_without_image(permission)
	not shared_more_widely
	msg := sprintf("account %s may read the snapshot, but launch no image that maps it", [permission.UserId])
	evidence := {"permission": permission, "images": images}
}

undecided contains {"msg": msg, "subject": permission.UserId} if {
	some permission in input.snapshot_permissions
	is_without_image(permission)
	shared_more_widely
	msg := sprintf(
		"account %s may read the snapshot; whether it belongs to an organization or OU that may launch its image can't be seen",
		[permission.UserId],
	)
}

is_without_image(permission) if {
	permission.UserId != input.account
	not may_launch(permission.UserId)
}

may_launch(account) if audiences.include(input.image_audiences, account)

shared_more_widely if audiences.reach_organizations(input.image_audiences)

images := sort([audience.ImageId | some audience in input.image_audiences])
