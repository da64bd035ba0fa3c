# METADATA
# title: Statements of a key policy, as one principal meets them
# description: >-
#   A statement that is not as KMS keeps it (an effect, one principal element, one action element, one resource element,
#   all of them lists of texts) may mean anything: whatever depends on it is unknown, and so is all that depends on a
#   policy without a list of statements.
# scope: package
package amiscan.lib.key_statements

import data.amiscan.lib.certainty
import data.amiscan.lib.key_actions
import data.amiscan.lib.key_conditions
import data.amiscan.lib.key_denials
import data.amiscan.lib.key_reach
import data.amiscan.lib.key_resources
import data.amiscan.lib.key_sound

# met are the statements: label, what each is as an Allow and as a Deny, and content (nothing, if it cannot be read).
met(policy, principal, owner) := array.concat(readable, unreadable) if {
	readable := [statement |
		is_array(policy.Statement)
		some i, content in policy.Statement
		statement := read(content, i + 1, principal, owner)
	]
	unreadable := [blank | not has_statements(policy)]
}

blank := {"label": "the unseen key policy", "content": {}, "allow": "unknown", "deny": "unknown"}

has_statements(policy) if is_array(policy.Statement)

read(content, number, principal, owner) := {
	"label": label(content, number),
	"content": object.union_n(sound),
	"allow": certainty.pick(["unknown", "allow", "delegate"], unsound | given, "no"),
	"deny": certainty.pick(["unknown", "true"], unsound | hit, "false"),
} if {
	sound := [content | key_sound.is_sound(content)]
	unsound := {"unknown" | count(sound) == 0}
	given := {key_reach.allow(statement, principal, owner) | some statement in sound; statement.Effect == "Allow"}
	hit := {key_denials.hits(statement, principal, owner) | some statement in sound; statement.Effect == "Deny"}
}

# label names a statement by its Sid or, where it has none, by its place.
label(content, number) := names[0] if {
	sid := [sprintf("statement %q", [content.Sid]) | is_string(content.Sid); content.Sid != ""]
	names := array.concat(sid, [sprintf("statement %d", [number])])
}

# gives is how a statement that reaches the principal lets the request through: as it reaches, or "unknown" or "no".
gives(statement, request, arn) := object.get(words, applies(statement, request, arn), "no") if {
	words := {"true": statement.allow, "unknown": "unknown"}
}

# denies is whether a met statement forbids the request.
denies(statement, request, arn) := certainty.all_of({statement.deny, applies(statement, request, arn)})

# applies is whether the statement is about the request: its action, its resource, its conditions.
applies(statement, request, arn) := certainty.all_of((((unsound | elsewhere) | resources) | conditions)) if {
	unsound := {"unknown" | statement.content == {}}
	elsewhere := {"false" | count(unsound) == 0; not key_actions.named(statement.content, request.action)}
	resources := {answer | count(unsound) == 0; answer := key_resources.about(statement.content, arn)}
	conditions := {answer |
		count(unsound | elsewhere) == 0
		answer := key_conditions.hold(statement.content, request)
	}
}
