package amiscan.launch.lt_ena_missing_test

import data.amiscan.launch.lt_ena_missing as policy
import data.amiscan.testing.boot
import data.amiscan.testing.fixtures

test_fail_required_and_not_declared if {
	every case in [{"image": {"EnaSupport": false}}, {"cut": ["EnaSupport"]}] {
		policy.violation == {{
			"msg": concat(" ", [
				"version 3 of launch template web: m7i.large requires ENA and image ami-0a1b2c3d4e5f60718",
				"does not declare it: the launch fails",
			]),
			"subject": "3",
			"evidence": {"ImageId": "ami-0a1b2c3d4e5f60718", "InstanceType": "m7i.large", "EnaSupport": "required"},
		}} with input as boot.document(case)
		policy.undecided == set() with input as boot.document(case)
	}
}

test_pass_declared if silent({})

test_near_not_required if {
	every word in ["supported", "unsupported"] {
		silent({"cut": ["EnaSupport"], "type": {"NetworkInfo": {"EnaSupport": word}}})
		silent({"cut": ["EnaSupport", "Hypervisor"], "type": {"NetworkInfo": {"EnaSupport": word}}})
	}
}

test_near_not_judged if {
	silent({"cut": ["EnaSupport"], "image": {"VirtualizationType": "paravirtual"}})
	silent({"cut": ["EnaSupport"], "image": {"Architecture": "arm64_mac"}})
	silent({"cut": ["EnaSupport"], "image": {"State": "disabled"}})
	silent({"cut": ["EnaSupport"], "image": {"ImageId": "ami-00000000000000bad"}})
	silent({"cut": ["EnaSupport"], "type": {"InstanceType": "t2.micro"}})
	silent({"facts": {"launches": [open]}})
}

test_undecided_where_one_does_not_say if {
	every case in [{"cut": ["EnaSupport", "Hypervisor"]}, {"cut": ["EnaSupport"], "type": {"NetworkInfo": {"EnaSupport": ""}}}] {
		policy.violation == set() with input as boot.document(case)
		policy.undecided == {{
			"msg": concat(" ", [
				"version 3 of launch template web: image ami-0a1b2c3d4e5f60718 does not tell of ENA support,",
				"or type m7i.large does not tell whether it requires it",
			]),
			"subject": "3",
		}} with input as boot.document(case)
	}
}

test_undecided_without_a_type if {
	document := boot.document({"facts": {
		"launches": [open],
		"images": [object.remove(fixtures.image, ["EnaSupport"])],
	}})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": concat(" ", [
			"version 3 of launch template web: it names no instance type, so whether it refuses image ami-0a1b2c3d4e5f60718,",
			"which does not declare ENA support, is not known before it launches",
		]),
		"subject": "3",
	}} with input as document
}

open := object.remove(fixtures.launch, ["instance_type"])

silent(case) if {
	policy.violation == set() with input as boot.document(case)
	policy.undecided == set() with input as boot.document(case)
}
