# METADATA
# title: Who can use a KMS key for launches
# description: >-
#   Puts together what the key is, its policy and its grants: "allowed" (nothing else is needed), "delegated" (open from the
#   owner's side; the principal's own IAM has the last word), "closed" or "undecided". A key policy or list of grants
#   that was not seen is null. What nobody can see from here is in `unseen` and never assumed.
# scope: package
package amiscan.lib.key_access

import data.amiscan.lib.certainty
import data.amiscan.lib.key_answers
import data.amiscan.lib.key_findings
import data.amiscan.lib.key_reasons

# unseen is for messages.
unseen := concat(" ", [
	"Not seen from here, and so not judged: the IAM policies and permissions boundaries of who launches, service and",
	"resource control policies, and policies of VPC endpoints.",
])

# judge is whether the principal can use the key in a launch: as "source" (it is only read) or "destination" (the new
# volume is under it). final says that no grant can change a "closed".
judge(key, policy, grants, principal, use) := {
	"access": access,
	"reasons": key_reasons.reasons(access, findings),
	"final": count(final(findings)) > 0,
} if {
	findings := key_findings.look(key, policy, grants, principal, use)
	access := certainty.pick(["closed", "undecided", "delegated"], signs(findings), "allowed")
}

signs(findings) := ((obstacles | missing) | contradicted) | words if {
	obstacles := {obstacle.access | some obstacle in findings.obstacles}
	missing := {sign |
		not findings.contradicted
		some answer in findings.answers
		answer.word == "no"
		sign := object.get({true: "closed"}, answer.action in findings.hard, "undecided")
	}
	contradicted := {"undecided" | findings.contradicted}
	words := {object.get({"unknown": "undecided", "delegate": "delegated"}, answer.word, "allowed") |
		some answer in findings.answers
	}
}

final(findings) := obstacles | denied if {
	obstacles := {obstacle.reason | some obstacle in findings.obstacles; obstacle.access == "closed"}
	denied := {answer.action |
		some answer in findings.answers
		answer.action in findings.hard
		key_findings.is_denied(answer)
	}
}

# grantable is whether the principal may, by hand, create a grant to the grantee: "allow", "delegate", "unknown" or "no".
grantable(key, policy, principal, grantee) := [answer.word |
	requester := {"principal": principal, "by": "hand", "grantee": grantee}
	some answer in key_answers.answers(["kms:CreateGrant"], requester, policy, [], key)
][0]
