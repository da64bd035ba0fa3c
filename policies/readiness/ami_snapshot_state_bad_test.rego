package amiscan.readiness.ami_snapshot_state_bad_test

import data.amiscan.readiness.ami_snapshot_state_bad as policy
import data.amiscan.testing.fixtures

mapped(fields, snapshots) := fixtures.ami({"image": object.union(fixtures.image, fields), "snapshots": snapshots})

# root is the image with the root's snapshot in these fields.
root(fields) := mapped({}, [object.union(fixtures.snapshot, fields), fixtures.data_snapshot])

id := fixtures.snapshot.SnapshotId

finding(problem, evidence) := {
	"msg": sprintf("/dev/xvda: snapshot %s %s", [id, problem]),
	"subject": "/dev/xvda",
	"evidence": object.union(
		{"SnapshotId": id, "State": "completed", "StorageTier": "standard"},
		evidence,
	),
}

key_message := "Given key ID is not accessible. You must have DescribeKey permissions on the default CMK."

test_fail_failed_copy if {
	fields := {"State": "error", "StateMessage": key_message}
	policy.violation == {finding(sprintf("is in the state error: %s", [key_message]), fields)} with input as root(fields)
	policy.undecided == set() with input as root(fields)
}

test_fail_error_without_a_reason if {
	fields := {"State": "error"}
	policy.violation == {finding("is in the state error: EC2 gives no reason", fields)} with input as root(fields)
}

test_fail_trouble_with_the_key_before_the_state_says_so if {
	fields := {"State": "pending", "StateMessage": "the KMS key is disabled"}
	policy.violation == {finding("has trouble with its key: the KMS key is disabled", fields)} with input as root(fields)
	completed := {"StateMessage": "the KMS key is disabled"}
	policy.violation == {finding("has trouble with its key: the KMS key is disabled", completed)}
		with input as root(completed)
}

test_fail_archived if {
	fields := {"StorageTier": "archive"}
	policy.violation == {finding("is archived: no launch succeeds until it is restored", fields)}
		with input as root(fields)
	policy.due == set() with input as root(fields)
}

test_fail_each_mapping if {
	document := mapped({}, [
		object.union(fixtures.snapshot, {"State": "error"}),
		object.union(fixtures.data_snapshot, {"StorageTier": "archive"}),
	])
	{found.subject | some found in policy.violation} == {"/dev/xvda", "/dev/sdf"} with input as document
}

restored := {"StorageTier": "archive", "RestoreExpiryTime": "2026-11-22T12:00:00Z"}

restored_finding := finding("is archived again on 2026-11-22T12:00:00Z: no launch succeeds from then on", restored)

test_fail_temporary_restore_that_is_over if policy.violation == {restored_finding} with input as root(restored)

test_near_temporary_restore_that_still_lasts if {
	document := object.union(root(restored), {"now": "2026-11-22T11:59:59Z"})
	policy.violation == set() with input as document
	policy.due == {object.union(restored_finding, {"from": "2026-11-22T12:00:00Z"})} with input as document
}

test_pass_completed_snapshots if {
	policy.applies with input as root({})
	policy.violation == set() with input as root({})
	policy.undecided == set() with input as root({})
	policy.due == set() with input as root({})
}

test_near_snapshot_that_does_not_exist if {
	policy.violation == set() with input as mapped({}, [])
	policy.undecided == set() with input as mapped({}, [])
}

test_near_message_that_is_not_about_a_key if {
	policy.violation == set() with input as root({"StateMessage": "copied by monkeys"})
}

test_near_images_that_can_not_be_launched if {
	every state in ["disabled", "failed", "deregistered"] {
		document := mapped({"State": state}, [
			object.union(fixtures.snapshot, {"StorageTier": "archive", "State": "pending"}),
			object.union(fixtures.data_snapshot, restored),
		])
		not policy.applies with input as document
		policy.violation == set() with input as document
		policy.undecided == set() with input as document
		policy.due == set() with input as document
	}
}

test_unknown_states if {
	every state in ["pending", "recoverable", "recovering"] {
		policy.undecided == {{
			"msg": sprintf("/dev/xvda: snapshot %s is in the state %s", [id, state]),
			"subject": "/dev/xvda",
		}} with input as root({"State": state})
		policy.violation == set() with input as root({"State": state})
	}
}

test_unknown_without_a_state if {
	document := mapped({}, [object.remove(fixtures.snapshot, ["State"])])
	policy.undecided == {{
		"msg": sprintf("/dev/xvda: snapshot %s is in the state that EC2 does not tell", [id]),
		"subject": "/dev/xvda",
	}} with input as document
}

test_unknown_while_pending if {
	document := mapped({"State": "pending"}, [object.union(fixtures.snapshot, {"State": "error"})])
	policy.violation == set() with input as document
	policy.undecided == {{"msg": concat(" ", [
		"image ami-0a1b2c3d4e5f60718 is still pending; judge it after:",
		"aws ec2 wait image-available --image-ids ami-0a1b2c3d4e5f60718",
	])}} with input as document
}
