package amiscan.lib.default_key_test

import data.amiscan.lib.default_key
import data.amiscan.lib.key_access
import data.amiscan.testing.fixtures

here := {"account": fixtures.account, "region": fixtures.region}

setting(name) := {"KmsKeyId": name}

theirs := "arn:aws:kms:eu-west-1:222222222222:key/0f0f0f0f-0f0f-0f0f-0f0f-0f0f0f0f0f0f"

unseen_state := "key %s cannot be judged: KMS does not tell who manages it, its state and what it is for"

test_what_stands_against_every_launch if {
	default_key.against([fixtures.key], here, "closed") == []
	default_key.against([fixtures.key], here, "undecided") == []
	disabled := [object.union(fixtures.key, {"KeyState": "Disabled"})]
	default_key.against(disabled, here, "closed") == [sprintf("key %s is in the state Disabled", [fixtures.key.Arn])]
	default_key.against(disabled, here, "undecided") == []
}

test_what_is_not_told_of_the_key_or_the_place_is_undecided if {
	stateless := [object.remove(fixtures.key, ["KeyState"])]
	default_key.against(stateless, here, "closed") == []
	default_key.against(stateless, here, "undecided") == [sprintf(unseen_state, [fixtures.key.Arn])]
	nowhere := object.union(here, {"partition": "aws", "region": "unknown"})
	default_key.against([fixtures.key], nowhere, "closed") == []
	default_key.against([fixtures.key], nowhere, "undecided") == ["whether it is of this account and Region is not known"]
}

test_own_key_that_is_not_found_is_gone if {
	every name in [fixtures.key.Arn, "alias/golden", "1234abcd-12ab-34cd-56ef-1234567890ab", "alias/aws/ebs-golden"] {
		default_key.gone(setting(name), [], fixtures.account) == sprintf("key %s does not exist any more", [name])
		not default_key.unseen(setting(name), [], fixtures.account)
		not default_key.gone(setting(name), [fixtures.key], fixtures.account)
	}
}

test_key_of_another_account_that_is_not_found_may_exist if {
	text := sprintf("key %s, another account's, is not found: gone, or not shown", [theirs])
	default_key.unseen(setting(theirs), [], fixtures.account) == text
	not default_key.gone(setting(theirs), [], fixtures.account)
	not default_key.unseen(setting(theirs), [fixtures.key], fixtures.account)
}

test_aws_managed_key_need_not_exist_yet if {
	every name in ["alias/aws/ebs", "arn:aws:kms:eu-west-1:111122223333:alias/aws/ebs"] {
		not default_key.gone(setting(name), [], fixtures.account)
		not default_key.unseen(setting(name), [], fixtures.account)
	}
}

test_setting_without_a_key if {
	default_key.unnamed({}) == "EC2 does not say which key EBS takes by default"
	not default_key.unnamed(setting("alias/aws/ebs"))
}

which := "from shared encrypted images and, with encryption by default on, from those in the clear"

test_broken_shows_the_setting if {
	default_key.broken(setting("alias/golden"), "it is gone") == {
		"msg": sprintf("the EBS default key can't be used, and launches that need it fail (%s): it is gone", [which]),
		"subject": "",
		"evidence": {"KmsKeyId": "alias/golden"},
	}
}

test_what_is_said_of_a_role if {
	role := fixtures.auto_scaling_role
	one := {"key": fixtures.key, "who": {"arn": role}}
	closed := "the EBS default key is closed to a role, whose launches that need it end with Client.InternalError"
	default_key.closed(one, {"reasons": ["first", "second"]}) == {
		"msg": sprintf("%s (%s): first; second", [closed, which]),
		"subject": role,
		"evidence": {"KmsKeyId": fixtures.key.Arn, "ServiceLinkedRoleARN": role},
	}
	open := "whether the EBS default key can be used is open: first"
	default_key.doubt(one, {"reasons": ["first"]}) == {"msg": sprintf("%s. %s", [open, key_access.unseen]), "subject": role}
}
