# METADATA
# title: Which other accounts a key is given to
# description: >-
#   Goes by name: a statement or grant that names another account, or a role, user or session of one. A gift has account,
#   label (the statement or grant) and word: "allow", "delegate" or, where conditions can't be judged, "unknown". Only
#   kms:Decrypt counts: without it, nobody reads what is under the key.
# scope: package
package amiscan.lib.key_given

import data.amiscan.lib.key_answers
import data.amiscan.lib.key_grants
import data.amiscan.lib.key_principals
import data.amiscan.lib.key_sound
import data.amiscan.lib.key_statements

# by_policy are the gifts of the policy of the key with the ARN; place has its account, partition and region.
by_policy(policy, arn, place) := {gift |
	some i, statement in policy.Statement
	key_sound.is_sound(statement)
	some account in named(statement, place.account)
	alone := {"Statement": array.concat([statement], denials(policy))}
	gift := {
		"account": account,
		"label": key_statements.label(statement, i + 1),
		"word": word(alone, arn, object.union(place, {"type": "account", "account": account})),
	}
	gift.word != "no"
}

# by_grants are the gifts of grants, those that EC2 made for attached volumes apart.
by_grants(grants, owner) := {{"account": account, "label": key_grants.label(grant), "word": "allow"} |
	some grant in grants
	"Decrypt" in grant.Operations
	not key_grants.is_infrastructure(grant)
	key_principals.is_elsewhere(grant.GranteePrincipal, owner)
	account := key_principals.account(grant.GranteePrincipal)
}

# unreadable are the statements that are not as KMS keeps them, by label.
unreadable(policy) := {key_statements.label(statement, i + 1) |
	some i, statement in policy.Statement
	not key_sound.is_sound(statement)
}

named(statement, owner) := {key_principals.account(entry) |
	some entry in key_principals.entries(object.get(statement, "Principal", {}))
	key_principals.is_elsewhere(entry, owner)
}

denials(policy) := [statement | some statement in policy.Statement; statement.Effect == "Deny"]

word(policy, arn, principal) := [answer.word |
	some answer in key_answers.answers(["kms:Decrypt"], {"principal": principal, "by": "ec2"}, policy, [], {"Arn": arn})
][0]
