# METADATA
# title: Whether a service-linked role can use a key
# description: >-
#   First by the key and its policy alone, then with the key's grants, which need to be read only where the policy does not
#   settle it. AWS shows a key policy to the key's own account only. For another account's key a grant is the way that AWS
#   documents, so one that gives all counts, and without it nothing is certain.
# scope: package
package amiscan.lib.role_access

import data.amiscan.lib.image_keys
import data.amiscan.lib.key_access
import data.amiscan.lib.keys
import data.amiscan.lib.launch_keys

# principal is the role as lib.key_access takes it; one without an ARN is not known. Saved output does not always tell account
# and Region: the role's ARN tells the account and, since only keys of the launch's Region are judged, the key the Region.
principal(role, place, key) := object.union(object.filter(role, {"arn"}), {
	"type": "service_role",
	"account": array.concat(accounts, [place.account])[0],
	"partition": place.partition,
	"region": split(key.Arn, ":")[3],
}) if {
	accounts := [part | part := split(role.arn, ":")[4]]
}

# is_settled_by_policy holds for a key whose policy and grants say who can use it: one that AWS manages is open to the roles of
# its account, and what closes a key to everybody is left to the policies on keys themselves.
is_settled_by_policy(key, place) if {
	not keys.managed_by_aws(key)
	closed := [obstacle |
		some obstacle in launch_keys.obstacles(key, object.filter(place, {"account", "region"}))
		obstacle.access == "closed"
	]
	count(closed) == 0
}

# by_policy is key_access.judge without any grant.
by_policy(key, policies, who, use) := told(judgement, key, policies, who) if {
	judgement := key_access.judge(key, policy(key, policies, who), [], who, use)
}

# with_grants is the same with the key's grants.
with_grants(key, policies, grants, who, use) := told(judgement, key, policies, who) if {
	of_key := image_keys.beside(grants, key.Arn, "Grants")
	judgement := key_access.judge(key, policy(key, policies, who), of_key, who, use)
}

# told makes of what rests on a policy that nobody here sees no more than it is.
told(judgement, key, policies, who) := object.union(judgement, {
	"access": array.concat(["undecided" | blind; judgement.access == "closed"], [judgement.access])[0],
	"reasons": array.concat(judgement.reasons, [reason |
		blind
		reason := sprintf("the policy of key %s, another account's, is not seen: only a grant can prove the access", [key.Arn])
	]),
}) if {
	blind := is_blind(key, policies, who)
}

is_blind(key, policies, who) := count([1 |
	image_keys.beside(policies, key.Arn, "Policy") == null
	not is_own(key, who)
]) > 0

# policy is the key's; of another account's key that is not seen, one without statements.
policy(key, policies, who) := object.get({true: {"Statement": []}}, is_blind(key, policies, who), seen) if {
	seen := image_keys.beside(policies, key.Arn, "Policy")
}

is_own(key, who) if split(key.Arn, ":")[4] == who.account
