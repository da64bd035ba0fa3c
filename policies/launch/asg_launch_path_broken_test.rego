package amiscan.launch.asg_launch_path_broken_test

import data.amiscan.launch.asg_launch_path_broken as policy
import data.amiscan.testing.fixtures

group(identifier, subnets) := fixtures.auto_scaling_group({
	"group": object.union(fixtures.group, {"VPCZoneIdentifier": identifier}),
	"subnets": [{"SubnetId": id} | some id in subnets],
})

finding(id) := {
	"msg": sprintf("subnet %s of the group does not exist for this account: launches there fail", [id]),
	"subject": id,
	"evidence": {"SubnetId": id},
}

test_fail_subnet_is_gone if {
	policy.violation == {finding("subnet-2")} with input as group("subnet-1,subnet-2", ["subnet-1"])
	policy.violation == {finding("subnet-1"), finding("subnet-2")} with input as group("subnet-1, subnet-2", [])
	policy.violation == {finding("subnet-1")} with input as fixtures.not_found(group("subnet-1", []), "subnets")
}

test_pass_subnets_are_there if {
	policy.violation == set() with input as group("subnet-1,subnet-2", ["subnet-2", "subnet-1"])
}

test_near_group_without_subnets if {
	policy.violation == set() with input as group("", [])
	bare := object.remove(fixtures.group, ["VPCZoneIdentifier"])
	policy.violation == set() with input as object.union(object.remove(group("", []), ["group"]), {"group": bare})
}
