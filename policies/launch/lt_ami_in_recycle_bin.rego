# METADATA
# title: Launch names an AMI that lies in the Recycle Bin
# description: >-
#   Judges each launch whose image was deregistered into the Recycle Bin. It can't be launched there, and it can be restored
#   under its own id until it leaves the bin: then it is gone for good. That the launch fails is also said, of this and of
#   every other image that does not resolve, by launch/lt-image-gone and launch/lt-ami-ssm-unresolved.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin-working-with-amis.html
# custom:
#   severity: high
#   resource: launcher
#   remediation: |-
#     Restore the image, after those of its snapshots that lie in the bin too; what names it then works again:
#     aws ec2 restore-snapshot-from-recycle-bin --snapshot-id SNAPSHOT_ID
#     aws ec2 restore-image-from-recycle-bin --image-id IMAGE_ID
#     Otherwise name another image where it is launched.
#   controls: []
#   partial: [launches, recycled_images]
package amiscan.launch.lt_ami_in_recycle_bin

import data.amiscan.lib.boot

violation contains boot.finding(boot.common(launch), problem, evidence) if {
	some launch in input.launches
	some recycled in input.recycled_images
	recycled.ImageId == launch.image_id
	problem := sprintf("image %s lies in the Recycle Bin and can be restored until %s", [recycled.ImageId, end(recycled)])
	evidence := object.filter(recycled, {"ImageId", "RecycleBinEnterTime", "RecycleBinExitTime"})
}

end(recycled) := object.get(recycled, "RecycleBinExitTime", "a day that EC2 does not tell")
