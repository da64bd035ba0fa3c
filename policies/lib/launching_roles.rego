# METADATA
# title: Service-linked roles that launch, and conditions on them
# description: >-
#   AWS's four, of which the one for groups may have a suffix (Auto Scaling User Guide, Service-linked roles). AWS's pages
#   write their path in two ways, so the name tells them. A place has partition and account.
# scope: package
package amiscan.lib.launching_roles

import data.amiscan.lib.key_operators
import data.amiscan.lib.key_principals
import data.amiscan.lib.launch_principals
import data.amiscan.lib.wildcards

# of are those that an account has, or can have, without any suffix.
of(place) := {launch_principals.arn(name, service, place) |
	some name, service in launch_principals.services
	service != "none"
}

# is_one holds for the ARN of such a role.
is_one(arn) if {
	key_principals.is_service_role(arn)
	has_name(arn)
}

# named are those that a policy's conditions on kms:GranteePrincipal name, and those with a suffix that its patterns fit.
named(policy, place) := {role |
	some statement in policy.Statement
	some operator, keys in statement.Condition
	takes_patterns := key_operators.parse(operator).test in {"like", "arn"}
	some name, values in keys
	lower(name) == "kms:granteeprincipal"
	some value in values
	some role in meant(value, takes_patterns, place)
}

# Where an operator takes no patterns, a wildcard stands for itself, and no role has one in its name.
meant(value, takes_patterns, place) := itself | suffixed if {
	itself := {value | has_name(value); can_be_met(value, takes_patterns)}
	suffixed := {role | takes_patterns; some role in fitting(value, place)}
}

can_be_met(_, true)

can_be_met(value, _) if not wildcards.has_wildcard(value)

# fitting are roles with a suffix that fit the pattern: its beginning fits their name, and its rest becomes the suffix.
fitting(pattern, place) := {concat("", [start, suffix]) |
	start := sprintf("%s_", [launch_principals.arn("AWSServiceRoleForAutoScaling", "autoscaling", place)])
	some i in numbers.range(1, count(pattern))
	wildcards.matches(substring(pattern, 0, i), start)
	suffix := regex.replace(substring(pattern, i, -1), `[*?]`, "x")
	not regex.match(`[:/]`, suffix)
}

has_name(arn) if regex.match(`(^|[/*?])AWSServiceRoleFor(AutoScaling(_[^/]+)?|EC2Spot|EC2Fleet|EC2SpotFleet)$`, arn)
