package amiscan.lib.key_findings_test

import data.amiscan.lib.key_findings
import data.amiscan.testing.key_access as tables

account := tables.account(tables.recipient)

look(key, statements, principal, use) := key_findings.look(key, tables.policy(statements), [], principal, use)

actions(findings) := [answer.action | some answer in findings.answers]

test_look_gathers_all_that_is_said_of_a_launch_by_ec2 if {
	via_ec2 := {"StringEquals": {"kms:ViaService": ["ec2.eu-west-1.amazonaws.com"]}}
	statements := [tables.on_condition(tables.allow({"AWS": [tables.recipient]}, ["kms:*"]), via_ec2)]
	findings := look(tables.key, statements, account, "source")
	object.remove(findings, ["answers"]) == {
		"key": tables.key.Arn,
		"principal": account,
		"policy": tables.policy(statements),
		"obstacles": [],
		"hard": {"kms:Decrypt", "kms:CreateGrant"},
		"contradicted": false,
	}
	{[answer.word, gift.label] | some answer in findings.answers; some gift in answer.gifts} == {["delegate", "statement 1"]}
}

test_use_and_principal_tell_the_actions if {
	first := ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey"]
	last := ["kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
	actions(look(tables.key, [], account, "source")) == array.concat(first, last)
	more := array.concat(first, ["kms:Encrypt", "kms:GenerateDataKey"])
	actions(look(tables.key, [], tables.service_role(tables.owner), "source")) == array.concat(more, last)
	look(tables.key, [], account, "destination").hard == {"kms:CreateGrant", "kms:Decrypt", last[0]}
}

# Nothing is asked of these keys: only an obstacle keeps them from being open.
test_a_key_of_aws_is_an_obstacle_to_other_accounts if {
	managed := tables.changed(tables.key, {"KeyManager": "AWS"})
	told := [look(managed, [], principal, "source") | some principal in [tables.role(tables.owner), account]]
	[findings.answers | some findings in told] == [[], []]
	[[obstacle.access | some obstacle in findings.obstacles] | some findings in told] == [[], ["closed"]]
}

test_a_key_that_is_not_known_is_an_obstacle if {
	keys := [null, {}, "", {"Arn": null}, {"Arn": "k1"}, tables.changed(tables.key, {"Arn": "arn:aws:kms:eu-west-1::key/"})]
	told := [look(key, [tables.allow({"AWS": ["*"]}, ["kms:*"])], account, "source") | some key in keys]
	{[findings.answers, {obstacle.access | some obstacle in findings.obstacles}] | some findings in told} == {[[], {"undecided"}]}
}

test_of_a_role_without_an_arn_nothing_that_is_missing_is_certain if {
	role := object.remove(tables.service_role(tables.owner), ["arn"])
	look(tables.key, [], role, "destination").hard == set()
	known := [account, tables.role(tables.owner), tables.organization, tables.ou]
	all := array.concat(known, [role, {"type": "role", "arn": null}, {"type": "guest"}, {}])
	[who | some who in all; key_findings.is_known(who)] == known
}

test_denied_is_only_what_is_denied_for_certain if {
	answers := [said("kms:Decrypt", "no", words) | some words in [["unknown", "true"], ["unknown"], ["false"], []]]
	[answer | some answer in answers; key_findings.is_denied(answer)] == [answers[0]]
}

said(action, word, denials) := {"action": action, "word": word, "denials": [{"word": denial} | some denial in denials]}

given(action, by) := object.union(said(action, "delegate", []), {"gifts": [{"label": "s", "by_organization": is} | some is in by]})

test_contradicted_is_an_organization_s_share_that_lacks_only_create_grant if {
	decrypt := given("kms:Decrypt", [false, true])
	lacking := said("kms:CreateGrant", "no", ["unknown"])
	every row in [
		[[decrypt, lacking], true],
		[[decrypt, lacking, said("kms:DescribeKey", "no", [])], false],
		[[decrypt, said("kms:CreateGrant", "unknown", [])], false],
		[[decrypt, said("kms:CreateGrant", "no", ["true"])], false],
		[[given("kms:Decrypt", [false]), given("kms:DescribeKey", [true]), lacking], false],
		[[], false],
	] {
		key_findings.contradicted(row[0]) == row[1]
	}
}
