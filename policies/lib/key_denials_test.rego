package amiscan.lib.key_denials_test

import data.amiscan.lib.key_denials
import data.amiscan.testing.key_access as tables

# hit is whether a Deny hits somebody in an account, a role, one of its sessions and a service-linked role: of the key's
# own account and of another one; and an organization and an OU.
hit(statement) := {
	"own": [key_denials.hits(statement, principal, tables.owner) | some principal in of(tables.owner)],
	"other": [key_denials.hits(statement, principal, tables.owner) | some principal in of(tables.recipient)],
	"many": [key_denials.hits(statement, principal, tables.owner) | some principal in [tables.organization, tables.ou]],
}

of(id) := [tables.account(id), tables.role(id), tables.session(id), tables.service_role(id)]

aws(entries) := hit({"Principal": {"AWS": entries}})

all_but(entries) := hit({"NotPrincipal": {"AWS": entries}})

# everywhere is the same word for all.
everywhere(word) := {"own": [word, word, word, word], "other": [word, word, word, word], "many": [word, word]}

# elsewhere hits others thus, and nobody of the key's account.
elsewhere(words) := object.union(everywhere("false"), {"other": words, "many": ["unknown", "unknown"]})

# spared hits others thus, and everybody of the key's account.
spared(words) := object.union(everywhere("true"), {"other": words, "many": ["unknown", "unknown"]})

root := tables.root_arn(tables.recipient)

role := tables.role_arn(tables.recipient)

session := tables.session_arn(tables.recipient)

test_everybody if aws(["*"]) == everywhere("true")

test_account_with_its_service_linked_roles if {
	aws([root]) == elsewhere(["true", "true", "true", "true"])
	aws([tables.recipient]) == aws([root])
	aws([tables.owner]) == object.union(everywhere("false"), {"own": ["true", "true", "true", "true"]})
}

test_role_with_its_sessions if aws([role]) == elsewhere(["unknown", "true", "true", "false"])

test_session_is_a_part_of_its_role if aws([session]) == elsewhere(["unknown", "unknown", "true", "false"])

test_service_linked_role if {
	aws([tables.service_role_arn(tables.recipient)]) == elsewhere(["unknown", "false", "false", "true"])
}

test_nobody if {
	every principal in [{}, {"AWS": []}, {"AWS": ["AROACKCEVSQ6C2EXAMPLE"]}, {"Service": ["ec2.amazonaws.com"]}] {
		hit({"Principal": principal}) == everywhere("false")
		hit({"NotPrincipal": principal}) == everywhere("true")
	}
	hit({}) == everywhere("false")
}

test_what_cannot_be_read_is_unknown if {
	every principal in [{"AWS": ["arn:aws:iam::444455556666:role/*"]}, {"Federated": ["cognito-identity.amazonaws.com"]}] {
		hit({"Principal": principal}) == everywhere("unknown")
		hit({"NotPrincipal": principal}) == everywhere("unknown")
	}
}

test_all_but_a_part_of_a_chain if {
	all_but([root]) == spared(["unknown", "unknown", "unknown", "unknown"])
	all_but([role]) == spared(["unknown", "unknown", "unknown", "true"])
	all_but([session]) == spared(["unknown", "unknown", "unknown", "true"])
	all_but([root, session]) == spared(["unknown", "unknown", "unknown", "unknown"])
	all_but([role, session]) == spared(["unknown", "unknown", "unknown", "true"])
}

test_all_but_a_whole_chain if {
	all_but([root, role]) == spared(["unknown", "false", "unknown", "unknown"])
	all_but([root, role, session]) == spared(["unknown", "false", "false", "unknown"])
	all_but([root, tables.service_role_arn(tables.recipient)]) == spared(["unknown", "unknown", "unknown", "false"])
	all_but(["*"]) == everywhere("false")
}
