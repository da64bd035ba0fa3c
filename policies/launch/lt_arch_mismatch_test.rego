package amiscan.launch.lt_arch_mismatch_test

import data.amiscan.launch.lt_arch_mismatch as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

supports(list) := {"ProcessorInfo": {"SupportedArchitectures": list}}

test_fail_another_architecture if {
	document := boot.document({"image": {"Architecture": "arm64"}, "type": supports(["i386", "x86_64"])})
	policy.violation == {{
		"msg": concat(" ", [
			"version 3 of launch template web: image ami-0a1b2c3d4e5f60718 is made for arm64,",
			"but m7i.large runs i386 or x86_64 only: the launch fails",
		]),
		"subject": "3",
		"evidence": {
			"ImageId": "ami-0a1b2c3d4e5f60718",
			"Architecture": "arm64",
			"InstanceType": "m7i.large",
			"SupportedArchitectures": ["i386", "x86_64"],
		},
	}} with input as document
	policy.undecided == set() with input as document
}

# An override of a group takes its own type: only that pool fails.
test_fail_one_override_of_two if {
	overrides := [override("m7i.large"), override("m7g.large")]
	graviton := object.union(fixtures.instance_type, object.union({"InstanceType": "m7g.large"}, supports(["arm64"])))
	document := fixtures.auto_scaling_group({"launches": overrides, "instance_types": [graviton, fixtures.instance_type]})
	found := policy.violation with input as document
	{[finding.subject, finding.msg] | some finding in found} == {["m7g.large", concat(" ", [
		"override m7g.large of version 3 of launch template web: image ami-0a1b2c3d4e5f60718 is made for x86_64,",
		"but m7g.large runs arm64 only: the launch fails",
	])]}
}

override(name) := object.union(fixtures.group_launch, {"override": true, "subject": name, "instance_type": name})

test_pass_same_architecture if {
	every list in [["x86_64"], ["i386", "x86_64"]] {
		policy.violation == set() with input as boot.document({"type": supports(list)})
		policy.undecided == set() with input as boot.document({"type": supports(list)})
	}
}

test_near_not_judged if {
	cases := [
		{"image": {"Architecture": "arm64", "State": "disabled"}},
		{"image": {"Architecture": "arm64", "ImageId": "ami-00000000000000bad"}},
		{"image": {"Architecture": "arm64"}, "type": {"InstanceType": "t2.micro"}},
		{"facts": {"images": []}},
		{"facts": {"launches": [{"subject": "", "missing": "template", "override": false, "requirements": false}]}},
	]
	every case in cases {
		policy.violation == set() with input as boot.document(case)
		policy.undecided == set() with input as boot.document(case)
	}
}

test_undecided_where_one_does_not_say if {
	every case in [{"type": supports([])}, {"cut": ["Architecture"]}] {
		policy.violation == set() with input as boot.document(case)
		policy.undecided == {{
			"msg": concat(" ", [
				"version 3 of launch template web: image ami-0a1b2c3d4e5f60718",
				"or type m7i.large does not say its architecture",
			]),
			"subject": "3",
		}} with input as boot.document(case)
	}
}

test_undecided_without_a_type if {
	open := object.remove(fixtures.launch, ["instance_type"])
	cases := {
		"it names no instance type": open,
		"its requirements choose the instance type": object.union(open, {"requirements": true}),
	}
	every reason, launch in cases {
		document := boot.document({"facts": {"launches": [launch]}})
		policy.violation == set() with input as document
		policy.undecided == {{
			"msg": sprintf(
				"version 3 of launch template web: %s, so whether it boots image %s is not known before it launches",
				[reason, fixtures.image.ImageId],
			),
			"subject": "3",
		}} with input as document
	}
}
