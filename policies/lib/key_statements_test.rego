package amiscan.lib.key_statements_test

import data.amiscan.lib.key_statements
import data.amiscan.testing.key_access as tables

request := {"principal": tables.account(tables.recipient), "by": "ec2", "action": "kms:Decrypt"}

met(statements) := met_of_policy(tables.policy(statements))

met_of_policy(policy) := key_statements.met(policy, request.principal, tables.owner)

use := tables.allow({"AWS": [tables.recipient]}, ["kms:Decrypt"])

to_all := tables.allow({"AWS": ["*"]}, ["kms:*"])

# said is what a statement gives of the request and whether it denies it.
said(statement) := [key_statements.gives(one, request, tables.key.Arn), key_statements.denies(one, request, tables.key.Arn)] if {
	[one] := met([statement])
}

but(fields) := said(tables.changed(use, fields))

test_met_as_they_stand if {
	guard := object.union(to_all, {"Effect": "Deny", "Sid": "Guard"})
	first := object.union(tables.default_statement, {"Sid": "Default"})
	met([first, use, guard]) == [
		{"label": `statement "Default"`, "content": first, "allow": "no", "deny": "false"},
		{"label": "statement 2", "content": use, "allow": "delegate", "deny": "false"},
		{"label": `statement "Guard"`, "content": guard, "allow": "no", "deny": "true"},
	]
}

test_met_but_not_to_be_read if {
	every odd in [{}, null, "Allow", object.remove(use, ["Effect"]), tables.changed(use, {"Principal": "*"})] {
		met([odd]) == [{"label": "statement 1", "content": {}, "allow": "unknown", "deny": "unknown"}]
	}
}

test_without_statements_everything_is_open if {
	every policy in [null, {}, "{}", {"Statement": null}, {"Statement": use}] {
		met_of_policy(policy) == [{"label": "the unseen key policy", "content": {}, "allow": "unknown", "deny": "unknown"}]
	}
	met([]) == []
}

test_label_is_the_sid_or_the_place if {
	key_statements.label({"Sid": "Use \"it\""}, 1) == `statement "Use \"it\""`
	every odd in [{}, {"Sid": ""}, {"Sid": 7}, {"Sid": null}, null, "Sid"] {
		key_statements.label(odd, 3) == "statement 3"
	}
}

test_gives_as_it_reaches_or_denies if {
	said(use) == ["delegate", "false"]
	but({"Principal": {"AWS": [tables.service_role_arn(tables.recipient)]}}) == ["no", "false"]
	but({"Principal": {"Federated": ["x"]}}) == ["unknown", "false"]
	but({"Effect": "Deny"}) == ["no", "true"]
	key_statements.met({"Statement": [to_all]}, tables.role(tables.owner), tables.owner)[0].allow == "allow"
}

test_of_what_cannot_be_read_both_are_unknown if but({"Action": "kms:Encrypt", "Resource": ["elsewhere"]}) == ["unknown", "unknown"]

test_other_actions_and_resources if {
	all_but := object.remove(use, ["Resource"])
	but({"Action": ["kms:Encrypt"]}) == ["no", "false"]
	said(object.union(all_but, {"NotResource": ["elsewhere"], "Action": ["kms:Encrypt"]})) == ["no", "false"]
	every resource in ["*", tables.key.Arn, "arn:aws:kms:*:*:key/*"] {
		but({"Resource": ["elsewhere", resource]}) == ["delegate", "false"]
		said(object.union(all_but, {"NotResource": ["elsewhere", resource]})) == ["no", "false"]
	}
	but({"Effect": "Deny", "Resource": ["arn:aws:kms:*:*:alias/*"]}) == ["no", "false"]
	said(object.union(all_but, {"NotResource": ["elsewhere"]})) == ["delegate", "false"]
}

test_conditions if {
	wanted := [{"kms:CallerAccount": [tables.recipient]}, {"aws:PrincipalTag/a": ["b"]}, {"kms:CallerAccount": [tables.owner]}]
	conditions := [{"Condition": {"StringEquals": keys}} | some keys in wanted]
	[but(one) | some one in conditions] == [["delegate", "false"], ["unknown", "false"], ["no", "false"]]
	[but(object.union(one, {"Effect": "Deny"}))[1] | some one in conditions] == ["true", "unknown", "false"]
}
