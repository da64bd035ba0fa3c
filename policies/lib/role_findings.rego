# METADATA
# title: Service-linked roles of a launch, and what to say of them
# description: >-
#   A role is arn, absent where a group does not name it, and must: whether AWS says that this role launches. In groups and
#   EC2 Fleets no page of AWS says that the role of EC2 Spot needs the key besides.
# scope: package
package amiscan.lib.role_findings

import data.amiscan.lib.boot
import data.amiscan.lib.key_access

# roles are those that launch; none where a caller does. A group always launches as one.
roles(launch, kind) := array.concat(array.concat(named, spot), unnamed) if {
	named := [{"arn": arn, "must": true} | some arn in launch.service_roles]
	spot := [{"arn": launch.spot_role, "must": false} |
		count(named) > 0
		not launch.spot_role in launch.service_roles
	]
	unnamed := [{"must": true} |
		kind == "auto_scaling_group"
		count(named) == 0
	]
}

# is_fault holds for a role that launches and cannot use the key, is_open where that is not certain.
is_fault(one, told) if {
	told.access == "closed"
	one.role.must
}

is_open(_, told) if told.access == "undecided"

is_open(one, told) if {
	told.access == "closed"
	not one.role.must
}

finding(one, told) := boot.at(place(one), boot.finding(one.launch, problem, {
	"KmsKeyId": one.need.key.Arn,
	"ServiceLinkedRoleARN": one.role.arn,
	"devices": one.need.devices,
})) if {
	problem := sprintf("instances end at launch with Client.InternalError, for want of the key of %s: %s", [
		concat(", ", one.need.devices),
		concat("; ", told.reasons),
	])
}

doubt(one, told) := boot.at(place(one), boot.doubt(one.launch, question)) if {
	question := sprintf("whether the key of %s can be used is open: %s. %s", [
		concat(", ", one.need.devices),
		concat("; ", array.concat(besides(one), told.reasons)),
		key_access.unseen,
	])
}

# unseen says that a snapshot's key is not known.
unseen(launch, volume) := boot.at(volume.device, boot.doubt(launch, sprintf(
	"the key of snapshot %s behind %s, and so whether the service-linked role can use it, is not seen",
	[volume.snapshot, volume.device],
)))

besides(one) := ["no page of AWS says whether the role of EC2 Spot needs the key here" | not one.role.must]

# place is the key and the role, without what changes from one template version to the next.
place(one) := sprintf("%s %s", [last(one.need.key.Arn), last(object.get(one.role, "arn", "unknown role"))])

last(arn) := regex.replace(arn, `^.*/`, "")
