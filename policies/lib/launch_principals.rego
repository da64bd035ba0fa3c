# METADATA
# title: Who must be able to use the keys of a launch
# description: >-
#   A launch is {"path": "request" | "auto_scaling_group" | "eks_node_group" | "ec2_fleet" | "spot_fleet", "account",
#   "partition", "region", and, where they are known, "caller" (an ARN), "service_role" (a group's ServiceLinkedRoleARN),
#   "type" (of a fleet), "spot" (true where a part runs on Spot)}. Besides the launcher AWS wants service-linked roles to
#   have the key. A group's role is read from the group, since a group may have one with a suffix.
# scope: package
package amiscan.lib.launch_principals

# needed are the principals, each with missing: what it means when it cannot use a key, "closed" or, where no page of AWS
# says that it must, "undecided".
needed(launch) := [{"principal": object.union(place, who), "missing": missing} |
	place := object.filter(launch, {"account", "partition", "region", "organization"})
	some role, service in services
	some missing in ["closed", "undecided"]
	asks(missing, role, launch)
	known := {"caller": caller(launch), "group": group(launch)}
	who := object.get(known, role, {"type": "service_role", "arn": arn(role, service, launch)})
]

# caller is the role or user that makes the request or, where that is not known, somebody in the account.
caller(launch) := object.union({"type": type}, role) if {
	role := {"arn": arn | arn := launch.caller}
	type := object.get({0: "account"}, count(role), "role")
}

group(launch) := object.union({"type": "service_role"}, {"arn": role | role := launch.service_role})

arn(role, service, launch) := sprintf(
	"arn:%s:iam::%s:role/aws-service-role/%s.amazonaws.com/%s",
	[launch.partition, launch.account, service, role],
)

# services are the service-linked roles by name; caller and group stand for who calls and for the group's own role.
services := {
	"caller": "none",
	"group": "none",
	"AWSServiceRoleForAutoScaling": "autoscaling",
	"AWSServiceRoleForEC2Spot": "spot",
	"AWSServiceRoleForEC2Fleet": "ec2fleet",
	"AWSServiceRoleForEC2SpotFleet": "spotfleet",
}

asks("closed", "caller", launch) if launch.path == "request"

asks("closed", "caller", launch) if {
	launch.path == "ec2_fleet"
	launch.type == "instant"
}

asks("closed", "group", launch) if launch.path == "auto_scaling_group"

asks("undecided", "AWSServiceRoleForAutoScaling", launch) if launch.path == "eks_node_group"

asks("closed", "AWSServiceRoleForEC2Fleet", launch) if {
	launch.path == "ec2_fleet"
	launch.type in {"maintain", "request"}
}

asks("closed", "AWSServiceRoleForEC2SpotFleet", launch) if launch.path == "spot_fleet"

asks("closed", "AWSServiceRoleForEC2Spot", launch) if {
	launch.path in {"request", "spot_fleet"}
	launch.spot == true
}

asks("undecided", "AWSServiceRoleForEC2Spot", launch) if {
	launch.path in {"auto_scaling_group", "ec2_fleet"}
	launch.spot == true
}
