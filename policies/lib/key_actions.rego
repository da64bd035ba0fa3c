# METADATA
# title: What EC2 needs of a KMS key when it launches
# description: >-
#   The EBS User Guide lists what a launch with encrypted volumes needs of their keys, the Auto Scaling User Guide what a
#   service-linked role is to be given. Without the hard ones no volume can be made or attached. Of the soft ones AWS says
#   that they are needed, while launches are reported to do without them: where one is missing, nothing is certain. A key
#   that is only read (the snapshot's, while the volume gets another one) makes no data key for the volume.
# scope: package
package amiscan.lib.key_actions

import data.amiscan.lib.wildcards

# hard is what a launch cannot do without. use is "source" for a key that is only read and "destination" for the key of
# the new volume, which may be the same.
hard(use) := {"kms:Decrypt", "kms:CreateGrant"} | {data_key | use != "source"}

# needed is all that a principal of the type needs of a key.
needed(type, use) := (hard(use) | everyone) | {action | some action in service_role_besides; type == "service_role"}

data_key := "kms:GenerateDataKeyWithoutPlaintext"

everyone := {"kms:DescribeKey", "kms:ReEncryptFrom", "kms:ReEncryptTo", data_key}

service_role_besides := {"kms:Encrypt", "kms:GenerateDataKey"}

# operations is what a grant to a service-linked role is to hold: grants name operations without kms:.
operations := {trim_prefix(action, "kms:") | some action in needed("service_role", "destination")}

# named holds when a statement's Action, or what its NotAction leaves, has the action.
named(statement, action) if {
	some pattern in statement.Action
	wildcards.matches(lower(pattern), lower(action))
}

named(statement, action) if {
	every pattern in statement.NotAction {
		not wildcards.matches(lower(pattern), lower(action))
	}
}
