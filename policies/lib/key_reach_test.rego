package amiscan.lib.key_reach_test

import data.amiscan.lib.key_reach
import data.amiscan.testing.key_access as tables

# reach is how an Allow reaches somebody in an account, a role, one of its sessions and a service-linked role: of the key's
# own account and of another one; and an organization and an OU.
reach(statement) := {
	"own": [key_reach.allow(statement, principal, tables.owner) | some principal in of(tables.owner)],
	"other": [key_reach.allow(statement, principal, tables.owner) | some principal in of(tables.recipient)],
	"many": [key_reach.allow(statement, principal, tables.owner) | some principal in [tables.organization, tables.ou]],
}

of(id) := [tables.account(id), tables.role(id), tables.session(id), tables.service_role(id)]

aws(entries) := {"Principal": {"AWS": entries}}

nobody := {"own": ["no", "no", "no", "no"], "other": ["no", "no", "no", "no"], "many": ["no", "no"]}

but(changes) := object.union(nobody, changes)

test_everybody if reach(aws(["*"])) == {
	"own": ["allow", "allow", "allow", "allow"],
	"other": ["delegate", "delegate", "delegate", "no"],
	"many": ["delegate", "delegate"],
}

test_account_does_not_reach_its_service_linked_roles if {
	reach(aws([tables.owner])) == but({"own": ["delegate", "delegate", "delegate", "no"]})
	elsewhere := but({"other": ["delegate", "delegate", "delegate", "no"], "many": ["unknown", "unknown"]})
	reach(aws([tables.recipient])) == elsewhere
	reach(aws([tables.root_arn(tables.recipient)])) == elsewhere
}

test_role if {
	reach(aws([tables.role_arn(tables.owner)])) == but({"own": ["delegate", "allow", "allow", "no"]})
	reach(aws([tables.role_arn(tables.recipient)])) == but({
		"other": ["delegate", "delegate", "delegate", "no"],
		"many": ["unknown", "unknown"],
	})
}

test_session if {
	reach(aws([tables.session_arn(tables.owner)])) == but({"own": ["delegate", "unknown", "allow", "no"]})
	reach(aws([tables.session_arn(tables.recipient)])) == but({
		"other": ["delegate", "unknown", "delegate", "no"],
		"many": ["unknown", "unknown"],
	})
}

test_service_linked_role_in_another_account_is_helped_by_grants_alone if {
	reach(aws([tables.service_role_arn(tables.owner)])) == but({"own": ["unknown", "no", "no", "allow"]})
	reach(aws([tables.service_role_arn(tables.recipient)])) == but({"many": ["unknown", "unknown"]})
}

test_nobody if {
	another := "arn:aws:iam::777788889999:role/launcher"
	reach(aws([another])) == but({"many": ["unknown", "unknown"]})
	every principal in [{}, {"AWS": []}, {"AWS": ["AROACKCEVSQ6C2EXAMPLE"]}, {"Service": ["ec2.amazonaws.com"]}] {
		reach({"Principal": principal}) == nobody
	}
	reach({}) == nobody
}

test_what_cannot_be_read_is_unknown if {
	unknown := {"own": ["unknown", "unknown", "unknown", "unknown"], "many": ["unknown", "unknown"]}
	every principal in [{"AWS": ["arn:aws:iam::444455556666:role/*"]}, {"Federated": ["cognito-identity.amazonaws.com"]}] {
		reach({"Principal": principal}) == object.union(unknown, {"other": ["unknown", "unknown", "unknown", "no"]})
	}
	everybody_else := reach({"NotPrincipal": {"AWS": ["777788889999"]}})
	everybody_else == object.union(unknown, {"other": ["unknown", "unknown", "unknown", "unknown"]})
}

test_the_entry_that_gives_most_counts if {
	key_reach.allow(aws(["odd", tables.owner, tables.role_arn(tables.owner)]), tables.role(tables.owner), tables.owner) == "allow"
	key_reach.allow(aws(["odd", tables.owner]), tables.role(tables.owner), tables.owner) == "delegate"
}
