package amiscan.sharing.image_exported_test

import data.amiscan.sharing.image_exported as policy
import data.amiscan.testing.fixtures

stored(fields) := object.union(
	{
		"AmiId": fixtures.image.ImageId,
		"Bucket": "archive",
		"S3objectKey": "ami-0a1b2c3d4e5f60718.bin",
		"StoreTaskState": "Completed",
		"TaskStartTime": "2026-11-20T08:00:00Z",
	},
	fields,
)

exported(fields) := object.union(
	{
		"ExportImageTaskId": "export-ami-0a",
		"ImageId": fixtures.image.ImageId,
		"S3ExportLocation": {"S3Bucket": "disks", "S3Prefix": "web/"},
		"Status": "completed",
	},
	fields,
)

tasks(store, export) := fixtures.ami({"store_tasks": store, "export_tasks": export})

place := "archive/ami-0a1b2c3d4e5f60718.bin"

test_fail_stored if {
	every state in ["Completed", "InProgress"] {
		task := stored({"StoreTaskState": state})
		policy.violation == {{
			"msg": sprintf("the image was stored in S3 as %s", [place]),
			"subject": place,
			"evidence": {"store_task": task},
		}} with input as tasks([task], [])
		policy.undecided == set() with input as tasks([task], [])
	}
}

test_fail_exported if {
	every state in ["completed", "active"] {
		task := exported({"Status": state})
		policy.violation == {{
			"msg": "the image was exported to disks by the task export-ami-0a",
			"subject": "export-ami-0a",
			"evidence": {"export_task": task},
		}} with input as tasks([], [task])
		policy.undecided == set() with input as tasks([], [task])
	}
}

test_fail_tasks_that_say_little if {
	document := tasks([{"StoreTaskState": "Completed"}], [{"Status": "active"}])
	{found.msg | some found in policy.violation} == {
		"the image was stored in S3 as unknown/unknown",
		"the image was exported to an unknown bucket by the task without an id",
	} with input as document
}

test_pass_no_tasks if {
	policy.violation == set() with input as tasks([], [])
	policy.undecided == set() with input as tasks([], [])
}

test_near_failed_or_cancelled if {
	document := tasks([stored({"StoreTaskState": "Failed"})], [exported({"Status": "deleted"}), exported({"Status": "deleting"})])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_unknown_states if {
	policy.undecided == {
		{
			"msg": sprintf("the task that stores the image as %s is in the state Resting", [place]),
			"subject": place,
		},
		{"msg": "the export task export-ami-0a is in the state resting", "subject": "export-ami-0a"},
	} with input as tasks([stored({"StoreTaskState": "Resting"})], [exported({"Status": "resting"})])
	policy.undecided == {
		{
			"msg": sprintf("the task that stores the image as %s is in the state that EC2 does not tell", [place]),
			"subject": place,
		},
		{"msg": "the export task export-ami-0a is in the state that EC2 does not tell", "subject": "export-ami-0a"},
	} with input as tasks(
		[object.remove(stored({}), ["StoreTaskState"])],
		[object.remove(exported({}), ["Status"])],
	)
}
