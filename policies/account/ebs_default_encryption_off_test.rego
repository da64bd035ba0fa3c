package amiscan.account.ebs_default_encryption_off_test

import data.amiscan.account.ebs_default_encryption_off as policy
import data.amiscan.testing.fixtures

setting(fields) := fixtures.settings({"ebs_encryption_by_default": fields})

undecided := {{"msg": "EC2 does not say whether EBS encryption by default is on"}}

test_fail_off if {
	off := {"EbsEncryptionByDefault": false, "SseType": "none"}
	policy.violation == {{
		"msg": "EBS encryption by default is off: launches from AMIs in clear make volumes in clear in this Region",
		"evidence": off,
	}} with input as setting(off)
	policy.undecided == set() with input as setting(off)
}

test_pass_on if {
	document := setting({"EbsEncryptionByDefault": true, "SseType": "sse-kms"})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_the_setting_counts_and_not_the_kind_of_encryption if {
	document := setting({"EbsEncryptionByDefault": true, "SseType": "none"})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_undecided_without_the_setting if {
	policy.violation == set() with input as setting({"SseType": "none"})
	policy.undecided == undecided with input as setting({"SseType": "none"})
	policy.undecided == undecided with input as fixtures.not_found(setting({}), "ebs_encryption_by_default")
}
