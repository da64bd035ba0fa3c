package amiscan.launch.lt_virtualization_mismatch_test

import data.amiscan.launch.lt_virtualization_mismatch as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

old := {"VirtualizationType": "paravirtual", "RootDeviceType": "instance-store"}

finding(called, is, supported) := {
	"msg": sprintf(
		"version 3 of launch template web: image %s has the %s %s, which m7i.large does not run: the launch fails",
		[fixtures.image.ImageId, called, is],
	),
	"subject": sprintf("3 %s", [called]),
	"evidence": {"ImageId": fixtures.image.ImageId, "InstanceType": "m7i.large", "is": is, "supported": supported},
}

test_fail_both if {
	policy.violation == {
		finding("virtualization type", "paravirtual", ["hvm"]),
		finding("root device type", "instance-store", ["ebs"]),
	} with input as boot.document({"image": old})
	policy.undecided == set() with input as boot.document({"image": old})
}

test_pass_hvm_and_ebs if silent({})

test_pass_type_that_runs_it if {
	silent({"image": old, "type": {
		"SupportedVirtualizationTypes": ["paravirtual"],
		"SupportedRootDeviceTypes": ["instance-store", "ebs"],
	}})
}

test_near_not_judged if {
	silent({"image": object.union(old, {"State": "disabled"})})
	silent({"image": old, "type": {"InstanceType": "t1.micro"}})
	silent({"facts": {"launches": [object.remove(fixtures.launch, ["instance_type"])]}})
}

test_undecided_where_one_does_not_say if {
	cases := [
		{"virtualization type": {"cut": ["VirtualizationType"]}},
		{"virtualization type": {"type": {"SupportedVirtualizationTypes": []}}},
		{"root device type": {"cut": ["RootDeviceType"]}},
		{"root device type": {"type": {"SupportedRootDeviceTypes": []}}},
	]
	every case in cases {
		some called, changes in case
		policy.violation == set() with input as boot.document(changes)
		policy.undecided == {{
			"msg": sprintf(
				"version 3 of launch template web: image %s or type m7i.large does not tell its %s",
				[fixtures.image.ImageId, called],
			),
			"subject": "3",
		}} with input as boot.document(changes)
	}
}

test_undecided_without_a_type if {
	document := boot.document({"facts": {
		"launches": [object.remove(fixtures.launch, ["instance_type"])],
		"images": [object.union(fixtures.image, old)],
	}})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": sprintf(
			concat(" ", [
				"version 3 of launch template web: it names no instance type, so whether it runs the %s of image %s",
				"is not known before it launches",
			]),
			[called, fixtures.image.ImageId],
		),
		"subject": "3",
	} |
		some called in ["virtualization type", "root device type"]
	} with input as document
}

silent(case) if {
	policy.violation == set() with input as boot.document(case)
	policy.undecided == set() with input as boot.document(case)
}
