package amiscan.account.ebs_default_key_weak_test

import data.amiscan.account.ebs_default_key_weak as policy
import data.amiscan.testing.fixtures

setting(name, keys) := fixtures.settings({"ebs_default_kms_key": {"KmsKeyId": name}, "default_keys": keys})

managed_key := object.union(fixtures.key, {"KeyManager": "AWS"})

finding(name) := {
	"msg": "EBS encrypts with the AWS managed key by default: what is under it can't be shared with another account",
	"evidence": {"KmsKeyId": name},
}

test_fail_aws_managed_key if {
	document := setting(fixtures.key.Arn, [managed_key])
	policy.violation == {finding(fixtures.key.Arn)} with input as document
	policy.undecided == set() with input as document
}

test_fail_alias_of_the_aws_managed_key_alone if {
	some name in ["alias/aws/ebs", "arn:aws:kms:eu-west-1:111122223333:alias/aws/ebs"]
	document := setting(name, [])
	policy.violation == {finding(name)} with input as document
	policy.undecided == set() with input as document
}

test_fail_both_in_one if {
	document := setting("alias/aws/ebs", [managed_key])
	policy.violation == {finding("alias/aws/ebs")} with input as document
}

test_fail_alias_settles_it_without_a_manager if {
	document := setting("alias/aws/ebs", [object.remove(fixtures.key, ["KeyManager"])])
	policy.violation == {finding("alias/aws/ebs")} with input as document
	policy.undecided == set() with input as document
}

test_pass_customer_managed_key if {
	document := setting(fixtures.key.Arn, [fixtures.key])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_alias_that_looks_alike if {
	every name in ["alias/aws/ebs2", "alias/my-alias/aws/ebs", "alias/ebs"] {
		policy.violation == set() with input as setting(name, [fixtures.key])
	}
}

test_near_customer_managed_key_that_is_gone if {
	document := setting(fixtures.key.Arn, [])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_undecided_without_a_manager if {
	document := setting(fixtures.key.Arn, [object.remove(fixtures.key, ["KeyManager"])])
	policy.violation == set() with input as document
	policy.undecided == {{"msg": "KMS does not say who manages the EBS default key"}} with input as document
}

test_undecided_without_a_name if {
	document := fixtures.settings({"ebs_default_kms_key": {}, "default_keys": []})
	policy.violation == set() with input as document
	policy.undecided == {{"msg": "EC2 does not say which key EBS takes by default"}} with input as document
}
