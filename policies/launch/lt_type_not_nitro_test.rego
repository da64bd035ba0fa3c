package amiscan.launch.lt_type_not_nitro_test

import data.amiscan.launch.lt_type_not_nitro as policy
import data.amiscan.testing.fixtures

asking(name, types) := fixtures.launcher({
	"launches": [object.union(fixtures.launch, {"instance_type": name})],
	"instance_types": types,
})

type(name, fields) := object.union(fixtures.instance_type, object.union({"InstanceType": name}, fields))

finding(msg, evidence) := {"msg": sprintf("version 3 of launch template web: %s", [msg]), "subject": "3", "evidence": evidence}

test_fail_xen if {
	fields := {"Hypervisor": "xen", "CurrentGeneration": true}
	document := asking("t2.micro", [fixtures.instance_type, type("t2.micro", fields)])
	policy.violation == {finding(
		"instance type t2.micro is built on Xen",
		object.union(fields, {"InstanceType": "t2.micro"}),
	)} with input as document
	policy.undecided == set() with input as document
}

test_fail_previous_generation if {
	fields := {"Hypervisor": "nitro", "CurrentGeneration": false}
	policy.violation == {finding(
		"instance type a1.large is of a previous generation",
		object.union(fields, {"InstanceType": "a1.large"}),
	)} with input as asking("a1.large", [type("a1.large", fields)])
}

test_fail_both_in_one if {
	fields := {"Hypervisor": "xen", "CurrentGeneration": false}
	policy.violation == {finding(
		"instance type m3.large is built on Xen and is of a previous generation",
		object.union(fields, {"InstanceType": "m3.large"}),
	)} with input as asking("m3.large", [type("m3.large", fields)])
}

test_pass_nitro if {
	policy.violation == set() with input as fixtures.launcher({})
	policy.undecided == set() with input as fixtures.launcher({})
}

test_near_bare_metal if {
	metal := object.remove(type("m7i.metal-24xl", {"BareMetal": true}), ["Hypervisor"])
	policy.violation == set() with input as asking("m7i.metal-24xl", [metal])
	policy.undecided == set() with input as asking("m7i.metal-24xl", [metal])
}

test_near_another_launch_asks_for_it if {
	unclear := object.remove(type("x9.large", {}), ["Hypervisor"])
	types := [fixtures.instance_type, type("t2.micro", {"Hypervisor": "xen"}), unclear]
	policy.violation == set() with input as asking("m7i.large", types)
	policy.undecided == set() with input as asking("m7i.large", types)
}

test_near_type_that_does_not_exist_or_is_not_named if {
	document := fixtures.launcher({"launches": [object.remove(fixtures.launch, ["instance_type"])]})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
	policy.violation == set() with input as asking("m7i.tiny", [fixtures.instance_type])
	policy.undecided == set() with input as asking("m7i.tiny", [fixtures.instance_type])
}

test_undecided_requirements if {
	launch := object.union(object.remove(fixtures.launch, ["instance_type"]), {"requirements": true})
	document := fixtures.launcher({"launches": [launch]})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": "version 3 of launch template web: its requirements choose the instance type",
		"subject": "3",
	}} with input as document
}

test_undecided_without_a_hypervisor if {
	unclear := object.remove(type("x9.large", {}), ["Hypervisor"])
	policy.undecided == {{
		"msg": "version 3 of launch template web: EC2 does not say on what instance type x9.large is built",
		"subject": "3",
	}} with input as asking("x9.large", [unclear])
}
