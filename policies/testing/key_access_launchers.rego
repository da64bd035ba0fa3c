package amiscan.testing.key_access

# Table H of who can use a key: whose permissions a way to launch needs.

# launching is a way to launch, with who launches.
launching(path, fields) := object.union_n([
	place,
	{"account": recipient, "path": path},
	fields,
])

rows_h := [
	row(
		"H",
		"request by a role",
		requirements,
		launching("request", {"caller": role_arn(recipient)}),
		"role launcher, closed",
	),
	row("H", "request by somebody", requirements, launching("request", {}), "account 444455556666, closed"),
	row(
		"H",
		"request for Spot",
		spot,
		launching("request", {"spot": true}),
		"AWSServiceRoleForEC2Spot, closed; account 444455556666, closed",
	),
	row(
		"H",
		"Auto Scaling group",
		auto_scaling,
		launching("auto_scaling_group", {"service_role": service_role_arn(recipient)}),
		"AWSServiceRoleForAutoScaling, closed",
	),
	row(
		"H",
		"Auto Scaling group with a role of its own",
		auto_scaling,
		launching("auto_scaling_group", {"service_role": suffixed}),
		"AWSServiceRoleForAutoScaling_golden, closed",
	),
	row(
		"H",
		"Auto Scaling group whose role is not known",
		auto_scaling,
		launching("auto_scaling_group", {}),
		"service_role not known, closed",
	),
	row(
		"H",
		"Auto Scaling group with Spot",
		auto_scaling,
		launching("auto_scaling_group", {"service_role": service_role_arn(recipient), "spot": true}),
		"AWSServiceRoleForAutoScaling, closed; AWSServiceRoleForEC2Spot, undecided",
	),
	row(
		"H",
		"EKS managed node group",
		auto_scaling,
		launching("eks_node_group", {}),
		"AWSServiceRoleForAutoScaling, undecided",
	),
	row(
		"H",
		"EC2 Fleet of type maintain",
		fleets,
		launching("ec2_fleet", {"type": "maintain"}),
		"AWSServiceRoleForEC2Fleet, closed",
	),
	row(
		"H",
		"EC2 Fleet of type request",
		fleets,
		launching("ec2_fleet", {"type": "request"}),
		"AWSServiceRoleForEC2Fleet, closed",
	),
	row(
		"H",
		"EC2 Fleet of type instant",
		fleets,
		launching("ec2_fleet", {"type": "instant"}),
		"account 444455556666, closed",
	),
	row(
		"H",
		"EC2 Fleet with Spot",
		fleets,
		launching("ec2_fleet", {"type": "maintain", "spot": true}),
		"AWSServiceRoleForEC2Fleet, closed; AWSServiceRoleForEC2Spot, undecided",
	),
	row(
		"H",
		"Spot Fleet",
		spot,
		launching("spot_fleet", {"spot": true}),
		"AWSServiceRoleForEC2Spot, closed; AWSServiceRoleForEC2SpotFleet, closed",
	),
	row(
		"H",
		"Spot Fleet of type request",
		fleets,
		launching("spot_fleet", {"type": "request"}),
		"AWSServiceRoleForEC2SpotFleet, closed",
	),
	row("H", "Spot Fleet without Spot", fleets, launching("spot_fleet", {}), "AWSServiceRoleForEC2SpotFleet, closed"),
]
