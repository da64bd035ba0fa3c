package amiscan.lib.key_hints_test

import data.amiscan.lib.key_hints
import data.amiscan.testing.key_access as tables

hints(statements, principal) := looked(tables.policy(statements), principal)

looked(policy, principal) := key_hints.hints({"policy": policy, "principal": principal, "key": tables.key.Arn})

for_aws(names) := tables.allow({"AWS": names}, ["kms:*"])

recipient := tables.account(tables.recipient)

foreign_role := tables.service_role(tables.recipient)

hint(why) := {sprintf("statement 1 %s", [key_hints.reasons[why]])}

test_the_account_does_not_stand_for_its_service_linked_roles if {
	hints([for_aws([tables.recipient])], foreign_role) == hint("account")
	hints([for_aws([tables.root_arn(tables.recipient)])], foreign_role) == hint("account")
	hints([for_aws([tables.owner, "*"])], foreign_role) == set()
	hints([for_aws([tables.recipient])], tables.role(tables.recipient)) == set()
}

test_a_service_linked_role_of_another_account_needs_a_grant if {
	short := sprintf("arn:aws:iam::%s:role/aws-service-role/AWSServiceRoleForAutoScaling", [tables.recipient])
	hints([for_aws([foreign_role.arn])], foreign_role) == hint("named")
	hints([for_aws([short])], foreign_role) == hint("named")
	hints([for_aws([concat("", [short, "_golden"])])], foreign_role) == set()
	hints([for_aws([tables.service_role_arn(tables.owner)])], tables.service_role(tables.owner)) == set()
	hints([for_aws([tables.role_arn(tables.recipient)])], tables.role(tables.recipient)) == set()
}

test_a_deleted_role_is_nobody if {
	hints([for_aws(["AROACKCEVSQ6C2EXAMPLE"])], recipient) == hint("deleted")
	hints([for_aws(["arn:aws:iam::111122223333:role/AROACKCEVSQ6C2EXAMPLE"])], recipient) == set()
}

test_services_do_not_launch if {
	meant := ["ec2", "autoscaling", "spot", "ec2fleet", "spotfleet"]
	others := ["rds", "ec2x", "ec2-instance-connect", "imagebuilder.ec2"]
	[name |
		some name in array.concat(meant, others)
		hints([tables.allow({"Service": [sprintf("%s.amazonaws.com", [name])]}, ["kms:*"])], recipient) == hint("service")
	] == meant
}

# EC2 does not call for itself in a launch: aws:SourceAccount is absent.
if_source(names) := tables.on_condition(for_aws(names), {"StringEquals": {"aws:SourceAccount": [tables.recipient]}})

test_conditions_that_fail_for_who_is_meant if {
	hints([if_source(["*"])], recipient) == hint("conditions")
	hints([if_source([tables.owner, tables.role_arn(tables.recipient)])], recipient) == hint("conditions")
	hints([if_source(["*"])], tables.organization) == hint("conditions")
	hints([if_source([tables.owner])], recipient) == set()
}

test_conditions_that_hold_may_hold_or_are_for_create_grant if {
	every condition in [
		{"StringEquals": {"kms:CallerAccount": [tables.recipient]}},
		{"StringEquals": {"aws:PrincipalTag/team": ["web"]}},
		{"Bool": {"kms:GrantIsForAWSResource": ["true"]}},
	] {
		hints([tables.on_condition(for_aws([tables.recipient]), condition)], recipient) == set()
	}
}

test_hints_name_their_statements if {
	named := object.union(for_aws([tables.recipient, foreign_role.arn]), {"Sid": "Us"})
	deleted := for_aws(["AROACKCEVSQ6C2EXAMPLE"])
	where := [[`"Us"`, "account"], [`"Us"`, "named"], ["4", "deleted"]]
	found := {sprintf("statement %s %s", [place, key_hints.reasons[why]]) | some [place, why] in where}
	hints(["odd", object.union(deleted, {"Effect": "Deny"}), named, deleted], foreign_role) == found
}

test_what_is_not_seen_or_cannot_be_read_gives_no_hint if {
	hints([object.remove(for_aws([tables.recipient]), ["Resource"])], foreign_role) == set()
	hints([object.union(for_aws([]), {"Principal": "*"})], foreign_role) == set()
	{found | some policy in [null, {}, "", {"Statement": null}]; found := looked(policy, foreign_role)} == {set()}
}
