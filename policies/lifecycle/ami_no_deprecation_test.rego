package amiscan.lifecycle.ami_no_deprecation_test

import data.amiscan.lifecycle.ami_no_deprecation as policy
import data.amiscan.testing.fixtures

undated(fields) := fixtures.ami({"image": object.union(object.remove(fixtures.image, ["DeprecationTime"]), fields)})

test_fail_no_date if {
	policy.violation == {{
		"msg": "the image has no deprecation date, so nothing tells its users when to move on",
		"evidence": {"CreationDate": "2026-10-01T08:30:00.000Z"},
	}} with input as undated({})
	policy.applies with input as undated({})
}

test_pass_dated if {
	policy.violation == set() with input as fixtures.ami({"image": fixtures.image})
	policy.applies with input as fixtures.ami({"image": fixtures.image})
}

test_near_already_deprecated if {
	policy.violation == set() with input as fixtures.with_image({"DeprecationTime": "2026-10-02T00:00:00.000Z"})
}

test_near_not_applicable_to_images_that_are_not_available if {
	every state in ["pending", "disabled", "failed", "deregistered"] {
		not policy.applies with input as undated({"State": state})
		policy.violation == set() with input as undated({"State": state})
	}
}

test_near_not_applicable_to_backups if {
	backups := [
		{"ImageOwnerAlias": "aws-backup-vault"},
		{"Name": "AwsBackup_i-00112233445566778_4f3c"},
		{"Tags": [{"Key": "aws:backup:source-resource", "Value": "instance/i-00112233445566778"}]},
		{"Tags": [{"Key": "aws:dlm:lifecycle-policy-id", "Value": "policy-0123456789abcdef0"}]},
	]
	every fields in backups {
		not policy.applies with input as undated(fields)
		policy.violation == set() with input as undated(fields)
	}
}
