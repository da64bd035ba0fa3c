# METADATA
# title: AMI is used by nothing that AWS shows
# description: >-
#   Judges available images some time after they were created and last launched. An image is named only if all of this is
#   known to be so: in its Region, neither its own account nor any account that may launch it has it in what launches
#   instances (default, latest and otherwise named versions of launch templates, groups, launch configurations, fleets), in
#   an SSM parameter of the data type aws:ec2:image, or behind an instance; EC2 itself knows of no reference in its own
#   account, such as an Image Builder recipe; and no usage report counts any use. Where one of these was not seen whole, it
#   is unknown, and so is a public image. Not seen: ids in plain text parameters, in code, pipelines and node classes, and
#   selection by name or tag; so look before you deregister. Images of AWS Backup and Data Lifecycle Manager don't apply.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/deregister-ami.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html
# custom:
#   severity: low
#   resource: ami
#   default: false
#   remediation: |-
#     Disable the image first. Nothing can launch it then, what runs goes on, and it can be enabled again, unshared:
#     aws ec2 disable-image --image-id IMAGE_ID
#     Where nothing was missed for a while, deregister it; a Recycle Bin rule keeps it restorable for as long as it says:
#     aws ec2 deregister-image --image-id IMAGE_ID
#     For an image that is kept on purpose, write an exception.
#   controls: []
#   params:
#     - name: unused_days
#       type: number
#       default: 90
#       meaning: days after its creation and its last launch from which an image may count as unused; a whole number
package amiscan.cleanup.ami_unused

import data.amiscan.lib.backups
import data.amiscan.lib.images
import data.amiscan.lib.when

applies if {
	images.available(input.image)
	not backups.made(input.image)
}

violation contains when.shown(member) if {
	some member in due
	when.come(member, input.now)
}

due contains {"msg": msg, "evidence": evidence, "from": from} if {
	applies
	from := when.after_days(last_used, data.params.unused_days)
	count(input.references) + count(input.references_elsewhere) == 0
	count(input.instances) + count(input.instances_elsewhere) == 0
	count(input.image_parameters) + count(input.image_parameters_elsewhere) == 0
	count(input.image_references) == 0
	every entry in input.usage_report_entries { entry.UsageCount == 0 }
	msg := sprintf("nothing that AWS shows refers to this image, created or last launched on %s", [last_used])
	evidence := object.filter(input.image, {"CreationDate", "LastLaunchedTime"})
}

# An image that was never launched has no time of its last launch.
last_used := when.latest(array.concat(
	[input.image.CreationDate],
	[launched | launched := input.image.LastLaunchedTime],
))

undecided contains {"msg": "the image does not say when it was created"} if {
	applies
	not input.image.CreationDate
}
