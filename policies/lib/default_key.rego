# METADATA
# title: The EBS default key, and what to say of it
# description: >-
#   Setting is what GetEbsDefaultKmsKeyId answers. The AWS managed key comes into being when it is first used, so that one
#   which is not found says nothing.
# scope: package
package amiscan.lib.default_key

import data.amiscan.lib.key_access
import data.amiscan.lib.launch_keys

# against is what stands against a launch under the key that was found, whoever launches.
against(found, place, access) := [obstacle.reason |
	some key in found
	some obstacle in launch_keys.obstacles(key, {"account": place.account, "region": place.region})
	obstacle.access == access
]

# gone says that the key does not exist; undefined where it does or may.
gone(setting, found, account) := sprintf("key %s does not exist any more", [setting.KmsKeyId]) if {
	is_missing(setting, found)
	launch_keys.owner(setting.KmsKeyId, account) == account
}

# unseen says why nobody can tell whether the key exists; undefined where it is told.
unseen(setting, found, account) := sprintf("key %s, another account's, is not found: gone, or not shown", [setting.KmsKeyId]) if {
	is_missing(setting, found)
	launch_keys.owner(setting.KmsKeyId, account) != account
}

# unnamed says that nobody can tell which key it is; undefined where it is told.
unnamed(setting) := "EC2 does not say which key EBS takes by default" if not setting.KmsKeyId

is_missing(setting, found) if {
	not regex.match(`(^|:)alias/aws/ebs$`, setting.KmsKeyId)
	count(found) == 0
}

broken(setting, reason) := {
	"msg": sprintf("the EBS default key can't be used, and launches that need it fail (%s): %s", [which, reason]),
	"subject": "",
	"evidence": setting,
}

closed(one, told) := {
	"msg": sprintf("the EBS default key is closed to a role, whose launches that need it end with Client.InternalError (%s): %s", [
		which,
		concat("; ", told.reasons),
	]),
	"subject": one.who.arn,
	"evidence": {"KmsKeyId": one.key.Arn, "ServiceLinkedRoleARN": one.who.arn},
}

doubt(one, told) := {
	"msg": sprintf("whether the EBS default key can be used is open: %s. %s", [concat("; ", told.reasons), key_access.unseen]),
	"subject": one.who.arn,
}

which := "from shared encrypted images and, with encryption by default on, from those in the clear"
