# METADATA
# title: Keys that no launch can use, whatever their policies say
# description: >-
#   Looks at what DescribeKey says of a key before its policy and grants: who manages it, its state, what it is for, and
#   its Region. EBS uses symmetric keys of the image's own Region only. Of a multi-Region key the one that the ARN names is
#   judged: each replica has its own state, policy and grants.
# scope: package
package amiscan.lib.keys

# obstacles are what stands against the principal's use of the key, each {"access": "closed" | "undecided", "reason": …}.
# A key that is not known is null.
obstacles(key, principal) := [{"access": access, "reason": sprintf("key %v %s", [arn(key), reason])} |
	some access in ["closed", "undecided"]
	some name, reason in reasons(object.union_n([known | some known in [key]; is_object(known)]))
	stands(access, name, key, principal)
]

# is_named holds for a key whose ARN tells its Region and account.
is_named(key) if regex.match(`^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.`, key.Arn)

# managed_by_aws holds for a key such as aws/ebs: all of its account may use it through EC2, nobody else ever.
managed_by_aws(key) if key.KeyManager == "AWS"

arn(key) := array.concat([text | text := key.Arn; is_string(text)], ["that is not known"])[0]

reasons(key) := {
	"unseen": "cannot be judged: KMS does not tell who manages it, its state and what it is for",
	"manager": "is managed by AWS: its policy cannot be changed, so no other account can ever use it",
	"owner": "is managed by AWS for its own account alone, and which account launches is not known",
	"state": sprintf("is in the state %v", [object.get(key, "KeyState", "that KMS does not tell")]),
	"purpose": "is not a symmetric encryption key (KeyUsage ENCRYPT_DECRYPT, KeySpec SYMMETRIC_DEFAULT)",
	"region": "is not in the image's Region",
	"place": "may be of another Region than the image, whose Region is not known",
}

stands("undecided", "unseen", key, _) if not is_seen(key)

stands("closed", "manager", key, principal) if {
	managed_by_aws(key)
	not in_account(principal, key)
	not is_somebody(principal)
}

stands("undecided", "owner", key, principal) if {
	managed_by_aws(key)
	is_somebody(principal)
}

stands("undecided", "manager", key, _) if not key.KeyManager in {"AWS", "CUSTOMER"}

stands("closed", "state", key, _) if key.KeyState in unusable

stands("undecided", "state", key, _) if not key.KeyState in ({"Enabled", "Updating"} | unusable)

stands("closed", "purpose", key, _) if key.KeyUsage != "ENCRYPT_DECRYPT"

stands("closed", "purpose", key, _) if spec(key) != "SYMMETRIC_DEFAULT"

stands("closed", "region", key, principal) if count({principal.region} - {split(key.Arn, ":")[3], "unknown"}) > 0

stands("undecided", "place", _, principal) if principal.region == "unknown"

# is_seen holds for a key that DescribeKey has told everything of that is judged here.
is_seen(key) if {
	is_named(key)
	key.KeyManager
	key.KeyState
	key.KeyUsage
	spec(key)
}

in_account(principal, key) if principal.account == split(key.Arn, ":")[4]

# is_somebody holds where nobody says whose the launch is: saved output does not always tell account and Region.
is_somebody(principal) if principal.account == "unknown"

# spec is KeySpec or, as it was called before, CustomerMasterKeySpec.
spec(key) := array.concat([name | name := key.KeySpec], [name | name := key.CustomerMasterKeySpec])[0]

unusable := {"Disabled", "PendingDeletion", "PendingReplicaDeletion", "PendingImport", "Unavailable"}
