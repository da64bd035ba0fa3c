# METADATA
# title: AMI was copied out of EC2
# description: >-
#   Judges the tasks that stored the image in S3 (EC2 tells of the last 31 days) or exported it as a virtual machine's
#   disk: such a copy is under the permissions and the key of its bucket, no longer under the image's. Tasks that are
#   done or under way count, those that failed or were cancelled don't; a state that is not known here is undecided.
#   Whether the copy is still there, and who can read it, is not seen.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-store-restore.html
#   - ref: https://docs.aws.amazon.com/vm-import/latest/userguide/vmexport_image.html
# custom:
#   severity: medium
#   resource: ami
#   remediation: |-
#     See whether somebody meant it, and who can read the bucket. If nobody needs the copy:
#     aws s3 rm s3://BUCKET/KEY
#     Stop an export that is under way:
#     aws ec2 cancel-export-task --export-task-id TASK_ID
#     Take ec2:CreateStoreImageTask and ec2:ExportImage from those who don't need them.
#   controls: []
package amiscan.sharing.image_exported

violation contains {"msg": msg, "subject": place, "evidence": {"store_task": task}} if {
	some task in input.store_tasks
	lower(task.StoreTaskState) in {"completed", "inprogress"}
	place := stored(task)
	msg := sprintf("the image was stored in S3 as %s", [place])
}

violation contains {"msg": msg, "subject": exported(task), "evidence": {"export_task": task}} if {
	some task in input.export_tasks
	task.Status in {"active", "completed"}
	msg := sprintf("the image was exported to %s by the task %s", [bucket(task), exported(task)])
}

undecided contains {"msg": msg, "subject": stored(task)} if {
	some task in input.store_tasks
	state := object.get(task, "StoreTaskState", "that EC2 does not tell")
	not lower(state) in {"completed", "inprogress", "failed"}
	msg := sprintf("the task that stores the image as %s is in the state %s", [stored(task), state])
}

undecided contains {"msg": msg, "subject": exported(task)} if {
	some task in input.export_tasks
	state := object.get(task, "Status", "that EC2 does not tell")
	not state in {"active", "completed", "deleting", "deleted"}
	msg := sprintf("the export task %s is in the state %s", [exported(task), state])
}

stored(task) := sprintf("%s/%s", [object.get(task, "Bucket", "unknown"), object.get(task, "S3objectKey", "unknown")])

exported(task) := object.get(task, "ExportImageTaskId", "without an id")

bucket(task) := object.get(task, ["S3ExportLocation", "S3Bucket"], "an unknown bucket")
