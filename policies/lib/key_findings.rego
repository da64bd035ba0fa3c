# METADATA
# title: What speaks for and against the use of a key
# scope: package
package amiscan.lib.key_findings

import data.amiscan.lib.key_actions
import data.amiscan.lib.key_answers
import data.amiscan.lib.keys

# look gathers the obstacles that the key itself is, and what its policy and grants say of each needed action. Every
# principal of its account may use a key that AWS manages, so there is nothing to ask.
look(key, policy, grants, principal, use) := {
	"key": keys.arn(key),
	"principal": principal,
	"policy": policy,
	"obstacles": keys.obstacles(key, principal),
	"answers": answers,
	"hard": {action | some action in key_actions.hard(use); is_known(principal)},
	"contradicted": contradicted(answers),
} if {
	answers := [answer |
		keys.is_named(key)
		not keys.managed_by_aws(key)
		actions := sort(key_actions.needed(principal.type, use))
		some answer in key_answers.answers(actions, {"principal": principal, "by": "ec2"}, policy, grants, key)
	]
}

# is_known holds unless a role is meant whose ARN nobody has: of that one, nothing that is missing is certain.
is_known(principal) if principal.type in {"account", "organization", "ou"}

is_known(principal) if is_string(principal.arn)

# is_denied holds for an action that a statement denies for certain.
is_denied(answer) if {
	some denial in answer.denials
	denial.word == "true"
}

# contradicted is whether nothing but CreateGrant is missing, and a statement shares with an organization: AWS's page on
# sharing with organizations leaves CreateGrant out, its pages on encrypted volumes demand it.
contradicted(answers) := count(shared) > 0 if {
	missing := {answer.action | some answer in answers; answer.word == "no"}
	denied := {answer.action | some answer in answers; is_denied(answer)}
	shared := {gift.label |
		missing == {"kms:CreateGrant"}
		count(denied) == 0
		some answer in answers
		answer.action == "kms:Decrypt"
		some gift in answer.gifts
		gift.by_organization
	}
}
