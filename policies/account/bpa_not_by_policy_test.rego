package amiscan.account.bpa_not_by_policy_test

import data.amiscan.account.bpa_not_by_policy as policy
import data.amiscan.testing.fixtures

names := {
	"image_block_public_access": "block public access for AMIs",
	"snapshot_block_public_access": "block public access for snapshots",
	"instance_metadata_defaults": "the default for instance metadata",
	"allowed_images": "the Allowed AMIs setting",
}

managed(by) := {setting: {"ManagedBy": by} | some setting, _ in names}

finding(setting) := {
	"msg": sprintf("%s is managed by the account itself: its administrators can switch it off", [names[setting]]),
	"subject": setting,
	"evidence": {"ManagedBy": "account"},
}

unclear(setting) := {"msg": sprintf("EC2 does not say who manages the setting %s", [setting]), "subject": setting}

test_fail_each_on_its_own if {
	every setting, _ in names {
		facts := object.union(managed("declarative-policy"), {setting: {"ManagedBy": "account"}})
		policy.violation == {finding(setting)} with input as fixtures.settings(facts)
		policy.undecided == set() with input as fixtures.settings(facts)
	}
}

test_fail_all_by_the_account if {
	want := {finding(setting) | some setting, _ in names}
	policy.violation == want with input as fixtures.settings(managed("account"))
}

test_pass_all_by_a_policy if {
	document := fixtures.settings(managed("declarative-policy"))
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_a_setting_that_is_off_but_held if {
	off := {"allowed_images": {"State": "disabled", "ManagedBy": "declarative-policy"}}
	document := fixtures.settings(object.union(managed("declarative-policy"), off))
	policy.violation == set() with input as document
}

test_undecided_without_a_manager if {
	every setting, _ in names {
		facts := object.union(object.remove(managed("declarative-policy"), [setting]), {setting: {}})
		policy.violation == set() with input as fixtures.settings(facts)
		policy.undecided == {unclear(setting)} with input as fixtures.settings(facts)
	}
}

test_undecided_managed_by_somebody_else if {
	want := {unclear(setting) | some setting, _ in names}
	policy.violation == set() with input as fixtures.settings(managed("service"))
	policy.undecided == want with input as fixtures.settings(managed("service"))
}

test_undecided_without_an_answer if {
	every setting, _ in names {
		document := fixtures.not_found(fixtures.settings(managed("declarative-policy")), setting)
		policy.violation == set() with input as document
		policy.undecided == {unclear(setting)} with input as document
	}
}
