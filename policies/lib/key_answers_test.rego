package amiscan.lib.key_answers_test

import data.amiscan.lib.key_answers
import data.amiscan.testing.key_access as tables

asked(actions, who, policy, grants) := key_answers.answers(actions, {"principal": who, "by": "ec2"}, policy, grants, tables.key)

role := tables.service_role(tables.recipient)

# decrypt is the answer to the recipient's account under the statements alone.
decrypt(statements) := asked(["kms:Decrypt"], tables.account(tables.recipient), tables.policy(statements), [])[0]

answer(action, word, denials, gifts) := {"action": action, "word": word, "denials": denials, "gifts": gifts}

said(label, word, unclear) := {"label": label, "word": word, "unclear": unclear, "by_organization": false}

given := tables.allow({"AWS": [tables.recipient]}, ["kms:D*"])

tagged(statement) := tables.on_condition(statement, {"StringEquals": {"aws:PrincipalTag/team": ["web"]}})

test_deny_first_then_whatever_gives_most if {
	every row in [
		[[], [], "no"],
		[[], ["unknown", "delegate"], "delegate"],
		[[], ["delegate", "allow", "unknown"], "allow"],
		[["unknown", "true"], ["allow"], "no"],
		[["unknown"], ["allow"], "unknown"],
		[["unknown"], [], "no"],
		[["perhaps"], ["allow"], "unknown"],
		[[], ["perhaps"], "no"],
	] {
		key_answers.word([{"word": word} | some word in row[0]], [{"word": word} | some word in row[1]]) == row[2]
	}
}

test_each_action_has_its_answer if {
	own := tables.role(tables.owner)
	policy := tables.policy([tables.allow({"AWS": [own.arn]}, ["kms:D*"]), tables.deny({"AWS": ["*"]}, ["kms:Describe*"])])
	gift := said("statement 1", "allow", set())
	asked(["kms:DescribeKey", "kms:Decrypt", "kms:CreateGrant"], own, policy, []) == [
		answer("kms:DescribeKey", "no", [said("statement 2", "true", set())], [gift]),
		answer("kms:Decrypt", "allow", [], [gift]),
		answer("kms:CreateGrant", "no", [], []),
	]
}

test_what_is_unknown_names_the_condition_keys if {
	open := said("statement 1", "unknown", {"aws:PrincipalTag/team"})
	decrypt([tagged(given)]) == answer("kms:Decrypt", "unknown", [], [open])
	deny := tagged(tables.deny({"AWS": ["*"]}, ["kms:*"]))
	decrypt([deny, given]) == answer("kms:Decrypt", "unknown", [open], [said("statement 2", "delegate", set())])
}

test_what_cannot_be_read_or_was_not_seen_may_allow_and_deny if {
	odd := [said("statement 1", "unknown", set())]
	decrypt([object.remove(given, ["Resource"])]) == answer("kms:Decrypt", "unknown", odd, odd)
	unseen := said("the unseen key policy", "unknown", set())
	gifts := [unseen, said("grant 0123abcd", "allow", set())]
	every policy in [null, {}, {"Statement": "x"}] {
		asked(["kms:Decrypt"], role, policy, [tables.grant(role.arn)]) == [answer("kms:Decrypt", "unknown", [unseen], gifts)]
	}
}

test_grants_give_where_they_are_seen_and_may_where_not if {
	both := [tables.grant(role.arn), tables.grant(tables.service_role_arn(tables.owner))]
	gift := said("grant 0123abcd", "allow", set())
	asked(["kms:Decrypt"], role, tables.policy([]), both) == [answer("kms:Decrypt", "allow", [], [gift])]
	denial := said("statement 1", "true", set())
	denied := tables.policy([tables.deny({"AWS": ["*"]}, ["kms:*"])])
	asked(["kms:Decrypt"], role, denied, both) == [answer("kms:Decrypt", "no", [denial], [gift])]
	asked(["kms:Decrypt"], role, tables.policy([]), []) == [answer("kms:Decrypt", "no", [], [])]
	unseen := said("the unseen grants", "unknown", set())
	asked(["kms:Decrypt"], role, tables.policy([]), null) == [answer("kms:Decrypt", "unknown", [], [unseen])]
}

test_statements_that_look_at_the_organization if {
	names := ["AWS:PrincipalOrgId", "aws:PrincipalOrgPaths", "aws:PrincipalAccount", "aws:SourceOrgID"]
	made := [tables.on_condition(given, {"StringNotEquals": {name: ["x"]}}) | some name in names]
	[decrypt([statement]).gifts[0].by_organization | some statement in made] == [true, true, false, false]
}
