package amiscan.encryption.ami_key_dying_test

import data.amiscan.encryption.ami_key_dying as policy
import data.amiscan.testing.fixtures

arn := fixtures.key.Arn

facts := {
	"image": fixtures.image,
	"snapshots": [fixtures.snapshot, fixtures.data_snapshot],
	"keys": [fixtures.key],
	"references": [],
	"instances": [],
}

# under is the image under the key in these fields, with these facts.
under(key, more) := fixtures.ami(object.union(
	object.union(facts, {"keys": [object.union(fixtures.key, key)]}),
	more,
))

lost(loss) := {
	"msg": sprintf("the image can't be launched: its key %s %s", [arn, loss]),
	"subject": arn,
	"evidence": {"KmsKeyId": arn, "loss": loss},
}

day := "2026-12-06T01:00:00Z"

dying := {"KeyState": "PendingDeletion", "DeletionDate": day}

deletion := {
	"msg": sprintf("from %s on, nothing brings the image back: KMS deletes its key %s", [day, arn]),
	"subject": sprintf("%s deletion", [arn]),
	"evidence": dying,
}

test_fail_disabled_key_counts_once if {
	document := under({"KeyState": "Disabled"}, {})
	policy.violation == {lost("is in the state Disabled")} with input as document
	policy.undecided == set() with input as document
	policy.due == set() with input as document
}

test_fail_to_be_deleted_is_wrong_now_and_worse_on_the_day if {
	document := under(dying, {})
	policy.violation == {lost("is in the state PendingDeletion")} with input as document
	policy.due == {object.union(deletion, {"from": day})} with input as document
	policy.violation == {lost("is in the state PendingDeletion"), deletion}
		with input as object.union(document, {"now": day})
}

test_fail_key_that_is_gone if {
	policy.violation == {lost("does not exist any more")} with input as under({}, {"keys": []})
}

test_fail_with_all_that_depends_on_it if {
	instances := [
		{"InstanceId": "i-0b", "State": {"Name": "running"}},
		{"InstanceId": "i-0a"},
		{"InstanceId": "i-0c", "State": {"Name": "terminated"}},
		{"InstanceId": "i-0d", "State": {"Name": "shutting-down"}},
	]
	policy.violation == {
		lost("is in the state Disabled"),
		{
			"msg": sprintf("the next launch fails, for want of the key %s, of: launch_template lt-0d0d0d0d0d0d0d0d0", [arn]),
			"subject": sprintf("%s launches", [arn]),
			"evidence": {"references": [fixtures.reference]},
		},
		{
			"msg": sprintf("2 instances do not start again once stopped, for want of the key %s", [arn]),
			"subject": sprintf("%s instances", [arn]),
			"evidence": {"instances": ["i-0a", "i-0b"]},
		},
	} with input as under({"KeyState": "Disabled"}, {"references": [fixtures.reference], "instances": instances})
}

test_fail_what_is_certain_without_knowing_what_depends_on_it if {
	document := object.remove(under({"KeyState": "Disabled"}, {}), ["references", "instances"])
	policy.violation == {lost("is in the state Disabled")} with input as document
}

test_pass_enabled_key if {
	document := under({}, {"references": [fixtures.reference], "instances": [{"InstanceId": "i-0a"}]})
	policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
	policy.due == set() with input as document
}

test_near_dying_key_of_something_else if {
	other := object.union(fixtures.key, object.union(dying, {"Arn": "arn:aws:kms:eu-west-1:111122223333:key/0"}))
	unmapped := object.union(fixtures.snapshot, {"SnapshotId": "snap-0c", "KmsKeyId": other.Arn})
	document := under({}, {
		"keys": [fixtures.key, other],
		"snapshots": [fixtures.snapshot, fixtures.data_snapshot, unmapped],
	})
	policy.violation == set() with input as document
	policy.due == set() with input as document
}

test_near_not_applicable if {
	every state in ["disabled", "failed"] {
		document := under(dying, {"image": object.union(fixtures.image, {"State": state}), "snapshots": [fixtures.snapshot]})
		not policy.applies with input as document
		policy.violation == set() with input as document
		policy.undecided == set() with input as document
		policy.due == set() with input as document
	}
}

test_unknown_key if {
	document := under({"KeyState": "Creating"}, {})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": sprintf("the key %s is in the state Creating", [arn]),
		"subject": arn,
	}} with input as document
}

test_unknown_snapshot if {
	document := under({}, {"snapshots": [fixtures.snapshot]})
	policy.violation == set() with input as document
	{found.subject | some found in policy.undecided} == {"/dev/sdf"} with input as document
}
