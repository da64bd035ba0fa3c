# METADATA
# title: Principals in key policies and grants
# description: >-
#   An entry of a Principal element is *, an account (12 digits, or the ARN of its root: both mean the same), the ARN of a
#   role, user or session, or the unique id that is left of a principal that was deleted.
# scope: package
package amiscan.lib.key_principals

# entries are the AWS entries of a Principal element. Services are left out; anything else becomes an odd entry.
entries(element) := {entry |
	some kind, list in element
	kind != "Service"
	some name in list
	entry := object.get({"AWS": name}, kind, kind)
}

# means_account holds for an entry that stands for the whole account.
means_account(entry, account) if entry == account

means_account(entry, account) if regex.match(sprintf(`^arn:[^:]+:iam::%s:root$`, [account]), entry)

# in_account holds for an entry that is the account, or a role, user or session of it.
in_account(entry, account) if entry == account

in_account(entry, account) if {
	is_arn(entry)
	split(entry, ":")[4] == account
}

# account is the one that an account's entry, or that of its role, user or session, is of.
account(entry) := trim_prefix(concat("", regex.find_n(`(^|::)[0-9]{12}`, entry, 1)), "::")

# is_elsewhere holds for another account than the given one, and for its roles, users and sessions.
is_elsewhere(entry, account) if {
	not is_odd(entry)
	not is_deleted(entry)
	entry != "*"
	not in_account(entry, account)
}

is_arn(entry) if regex.match(`^arn:[^:]+:(iam|sts)::[0-9]{12}:[^*?]+$`, entry)

# is_account holds for an entry that stands for some account.
is_account(entry) if regex.match(`^([0-9]{12}|arn:[^:]+:iam::[0-9]{12}:root)$`, entry)

# is_deleted holds for the unique id that takes the place of the ARN when a role or user is deleted.
is_deleted(entry) if regex.match(`^A[A-Z]{3}[A-Z0-9]{12,}$`, entry)

# is_service_role holds for the ARN of a service-linked role.
is_service_role(entry) if contains(entry, ":role/aws-service-role/")

# is_service_role_session holds for a session of a service-linked role, as its name says: a session's ARN shows no path.
is_service_role_session(entry) if regex.match(`^arn:[^:]+:sts::[0-9]{12}:assumed-role/AWSServiceRoleFor`, entry)

# is_odd holds for an entry that is none of what is known here.
is_odd(entry) if {
	entry != "*"
	not is_account(entry)
	not is_arn(entry)
	not is_deleted(entry)
}
