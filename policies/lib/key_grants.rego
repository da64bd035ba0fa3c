# METADATA
# title: What grants give
# description: >-
#   A grant gives its Operations without any IAM policy, also across accounts. EC2's own, for attached volumes, say nothing
#   of another launch. A constraint on the encryption context binds all but DescribeKey, also in the volume's own grant; one
#   of a kind that is not known may bind anything.
# scope: package
package amiscan.lib.key_grants

import data.amiscan.lib.certainty
import data.amiscan.lib.key_doubts
import data.amiscan.lib.key_principals as principals
import data.amiscan.lib.key_roles as roles

# gives is how a grant lets the principal use the action: "allow", "delegate", "unknown" or "no".
gives(grant, action, principal, owner) := certainty.pick(["allow", "delegate", "unknown"], words, "no") if {
	words := {object.get({"unknown": "unknown"}, bound(grant, action), word) |
		trim_prefix(action, "kms:") in grant.Operations
		not is_infrastructure(grant)
		bound(grant, action) != "false"
		some word in ["allow", "delegate", "unknown"]
		some grantee in grantees(grant)
		reaches(word, grantee, principal, owner)
	}
}

# grantees are who the grant is for.
grantees(grant) := {name |
	some name in object.filter(grant, {"GranteePrincipal", "GranteeServicePrincipal"})
	is_string(name)
}

# label names a grant.
label(grant) := sprintf("grant %v", [object.get(grant, "GrantId", "without an id")])

# is_infrastructure holds for a grant that EC2 made for a volume that is attached.
is_infrastructure(grant) if contains(concat(" ", grantees(grant)), ":assumed-role/aws:ec2-infrastructure/")

reaches("allow", grantee, principal, _) if roles.names(grantee, principal)

reaches("delegate", grantee, principal, _) if {
	principal.type in {"account", "role"}
	principals.means_account(grantee, principal.account)
}

reaches("delegate", grantee, principal, _) if {
	principal.type == "account"
	principals.in_account(grantee, principal.account)
	not principals.is_service_role(grantee)
	not principals.is_service_role_session(grantee)
}

reaches("unknown", grantee, principal, _) if {
	principal.type == "account"
	principals.in_account(grantee, principal.account)
}

reaches("unknown", grantee, principal, owner) if key_doubts.is_part(grantee, principal, owner)

reaches("unknown", grantee, _, _) if regex.match(`^(ec2|autoscaling|spot|ec2fleet|spotfleet)\.`, grantee)

# bound is whether the constraints leave the action to a launch.
bound(grant, action) := certainty.all_of({answer | some answer in ["false", "unknown"]; binds(answer, grant, action)})

binds("unknown", grant, _) if not type_name(object.get(grant, "Constraints", null)) in {"null", "object"}

binds("unknown", grant, action) if {
	some kind, value in grant.Constraints
	not value in ["", null, {}, []]
	not [kind, action] in {[context, "kms:DescribeKey"] | some context in contexts}
}

# Of the data keys of a snapshot, one fixed id may be the right one: that of the volume that it was made of.
binds("false", grant, action) if {
	not action in {"kms:DescribeKey", "kms:Decrypt", "kms:ReEncryptFrom"}
	some kind in contexts
	grant.Constraints[kind]["aws:ebs:id"]
}

contexts := {"EncryptionContextEquals", "EncryptionContextSubset"}
