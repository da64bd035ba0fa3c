package amiscan.launch.lt_kms_key_unusable_test

import data.amiscan.launch.lt_kms_key_unusable as policy
import data.amiscan.lib.keys
import data.amiscan.testing.fixtures

arn := fixtures.key.Arn

foreign_arn := "arn:aws:kms:eu-west-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab"

device(fields) := {"DeviceName": "/dev/sdf", "Ebs": fields}

launching(ebs) := object.union(fixtures.launch, {"data": {"BlockDeviceMappings": [device(ebs)]}})

using(ebs, facts) := fixtures.launcher(object.union({"launches": [launching(ebs)]}, facts))

under(name) := {"Encrypted": true, "KmsKeyId": name}

finding(ebs, problem) := {
	"msg": sprintf(
		"version 3 of launch template web: volume /dev/sdf is to use key %s, %s",
		[ebs.KmsKeyId, problem],
	),
	"subject": "3 /dev/sdf",
	"evidence": {"BlockDeviceMapping": device(ebs)},
}

test_fail_key_without_encrypted if {
	every ebs in [{"KmsKeyId": arn}, {"Encrypted": false, "KmsKeyId": arn}] {
		want := {finding(ebs, "without Encrypted set to true: EC2 refuses the launch")}
		policy.violation == want with input as using(ebs, {})
		policy.undecided == set() with input as using(ebs, {})
	}
}

test_fail_key_of_another_region if {
	every name in [
		"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
		"arn:aws:kms:us-east-1:222222222222:alias/golden",
	] {
		want := {finding(under(name), "which is of another Region: the launch fails")}
		policy.violation == want with input as using(under(name), {})
		policy.undecided == set() with input as using(under(name), {})
	}
}

test_fail_own_key_that_does_not_exist if {
	every name in [arn, "alias/gone", "arn:aws:kms:eu-west-1:111122223333:alias/gone", fixtures.key.KeyId] {
		want := {finding(under(name), "which does not exist: the launch fails")}
		policy.violation == want with input as using(under(name), {"keys": []})
		policy.undecided == set() with input as using(under(name), {"keys": []})
	}
}

test_fail_key_that_cannot_be_used if {
	every state in ["Disabled", "PendingDeletion", "PendingImport"] {
		facts := {"keys": [object.union(fixtures.key, {"KeyState": state})]}
		problem := sprintf("but key %s is in the state %s: the launch fails", [arn, state])
		policy.violation == {finding(under(arn), problem)} with input as using(under(arn), facts)
		policy.undecided == set() with input as using(under(arn), facts)
	}
}

test_fail_disabled_key_behind_an_alias if {
	facts := {
		"keys": [object.union(fixtures.key, {"KeyState": "Disabled"})],
		"key_names": [{"KmsKeyId": "alias/golden", "Arn": arn}],
	}
	problem := sprintf("but key %s is in the state Disabled: the launch fails", [arn])
	policy.violation == {finding(under("alias/golden"), problem)} with input as using(under("alias/golden"), facts)
}

test_fail_each_launch_and_device_has_its_subject if {
	launches := [
		object.union(launching(under("alias/gone")), {"subject": ""}),
		object.union(launching(under("alias/gone")), {"subject": "m7i.large"}),
	]
	document := fixtures.launcher({"launches": launches})
	{v.subject | some v in policy.violation} == {"/dev/sdf", "m7i.large /dev/sdf"} with input as document
}

test_pass_usable_key if {
	document := using(under("alias/golden"), {"key_names": [{"KmsKeyId": "alias/golden", "Arn": arn}]})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
	policy.violation == set() with input as using(under(arn), {})
	policy.undecided == set() with input as using(under(arn), {})
}

test_near_no_key_of_its_own if {
	policy.violation == set() with input as fixtures.launcher({"keys": []})
	policy.violation == set() with input as using({"Encrypted": true}, {"keys": []})
}

test_near_keys_that_may_be_used_as_they_are if {
	managed_key := object.union(fixtures.key, {"KeyManager": "AWS"})
	policy.violation == set() with input as using(under(arn), {"keys": [managed_key]})
	foreign := object.union(fixtures.key, {"Arn": foreign_arn, "AWSAccountId": "222222222222"})
	policy.violation == set() with input as using(under(foreign_arn), {"keys": [foreign]})
	policy.undecided == set() with input as using(under(foreign_arn), {"keys": [foreign]})
}

test_near_another_key_is_disabled if {
	other := object.union(fixtures.key, {"Arn": foreign_arn, "KeyState": "Disabled"})
	policy.violation == set() with input as using(under(arn), {"keys": [fixtures.key, other]})
}

test_undecided_foreign_key_that_is_not_found if {
	problem := "of another account, which is not shown or does not exist"
	policy.violation == set() with input as using(under(foreign_arn), {})
	policy.undecided == {finding(under(foreign_arn), problem)} with input as using(under(foreign_arn), {})
}

test_undecided_without_a_state if {
	unclear := object.remove(fixtures.key, ["KeyState"])
	obstacles := keys.obstacles(unclear, {"account": fixtures.account, "region": fixtures.region})
	want := {finding(under(arn), sprintf("but %s", [obstacle.reason])) | some obstacle in obstacles}
	count(want) > 0
	policy.violation == set() with input as using(under(arn), {"keys": [unclear]})
	policy.undecided == want with input as using(under(arn), {"keys": [unclear]})
}

test_undecided_saved_output_that_does_not_tell_its_region if {
	document := object.union(using(under(arn), {}), {"region": "unknown", "account": "unknown"})
	want := {finding(under(arn), "but whether it is of this account and Region is not known")}
	policy.violation == set() with input as document
	policy.undecided == want with input as document
}
