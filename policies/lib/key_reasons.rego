# METADATA
# title: Why a key can or cannot be used
# description: >-
#   Sentences for messages. Each names the state, statement or grant that it rests on, or the actions that are missing, with
#   the principal and the key.
# scope: package
package amiscan.lib.key_reasons

import data.amiscan.lib.key_findings
import data.amiscan.lib.key_hints
import data.amiscan.lib.key_words

# reasons are why the access is what it is.
reasons(access, findings) := sort(((closed | undecided) | opened)) if {
	closed := {text | access == "closed"; some text in against(findings)}
	undecided := {text | access == "undecided"; some text in between(findings)}
	opened := {text | access in {"allowed", "delegated"}; some text in open(findings)}
}

against(findings) := ((obstacles(findings, "closed") | denied(findings)) | lacking) | hints if {
	lacking := missing(findings, findings.hard)
	hints := {hint | count(lacking) > 0; some hint in key_hints.hints(findings)}
}

between(findings) := (seen | missing(findings, soft)) | disagreement(findings) if {
	seen := (obstacles(findings, "undecided") | unclear(findings)) | denied(findings)
	soft := {answer.action | some answer in findings.answers} - findings.hard
}

obstacles(findings, access) := {obstacle.reason | some obstacle in findings.obstacles; obstacle.access == access}

denied(findings) := {sprintf("%s denies %s to %s on key %s", [source.label, source.actions, who, findings.key]) |
	who := key_words.who(findings.principal)
	some source in key_words.sources(findings.answers, "denials", {"true"})
}

missing(findings, wanted) := {sprintf("nothing lets %s use %s of key %s", [who, key_words.list(actions), findings.key]) |
	who := key_words.who(findings.principal)
	not findings.contradicted
	actions := {answer.action |
		some answer in findings.answers
		answer.action in wanted
		answer.word == "no"
		not key_findings.is_denied(answer)
	}
	count(actions) > 0
}

unclear(findings) := {sprintf("%s may or may not %s %s to %s on key %s%s", words) |
	open_answers := [answer | some answer in findings.answers; answer.word == "unknown"]
	some side, verb in {"gifts": "allow", "denials": "deny"}
	some source in key_words.sources(open_answers, side, {"unknown"})
	words := [source.label, verb, source.actions, key_words.who(findings.principal), findings.key, source.unclear]
}

disagreement(findings) := {sprintf(text, [key_words.who(findings.principal), findings.key]) |
	findings.contradicted
	text := concat(" ", [
		"nothing lets %s use kms:CreateGrant of key %s. AWS's two pages disagree: the one on sharing with organizations",
		"leaves it out, those on encrypted volumes demand it;",
		"add kms:CreateGrant with kms:GrantIsForAWSResource to be sure",
	])
}

open(findings) := {sprintf("key %s is open to %s by %s", [findings.key, key_words.who(findings.principal), sources]) |
	labels := {source.label | some source in key_words.sources(findings.answers, "gifts", {"allow", "delegate"})}
	managed := {"the policy that AWS gave it" | count(findings.answers) == 0}
	sources := key_words.list(labels | managed)
}
