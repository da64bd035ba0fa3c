package amiscan.launch.lt_mac_without_host_test

import data.amiscan.launch.lt_mac_without_host as policy
import data.amiscan.testing.boot

mac(placement) := boot.document({
	"image": {"Architecture": "arm64_mac"},
	"launch": {"data": {"Placement": placement}},
})

test_fail_without_a_host if {
	every placement in [{}, {"Tenancy": "default"}, {"Tenancy": "dedicated", "AvailabilityZone": "eu-west-1a"}] {
		policy.violation == {{
			"msg": concat(" ", [
				"version 3 of launch template web: image ami-0a1b2c3d4e5f60718 is for Mac instances",
				"and the launch asks for no Dedicated Host: it fails",
			]),
			"subject": "3",
			"evidence": {
				"ImageId": "ami-0a1b2c3d4e5f60718",
				"Architecture": "arm64_mac",
				"Placement": placement,
			},
		}} with input as mac(placement)
	}
}

test_fail_without_a_placement if {
	document := boot.document({"image": {"Architecture": "x86_64_mac"}})
	{finding.evidence.Placement | some finding in policy.violation} == {{}} with input as document
}

test_pass_on_a_host if {
	every placement in [
		{"Tenancy": "host"},
		{"HostId": "h-0a1a1a1a1a1a1a1a1"},
		{"HostResourceGroupArn": "arn:aws:resource-groups:eu-west-1:111122223333:group/macs"},
	] {
		policy.violation == set() with input as mac(placement)
	}
}

test_near_other_architectures if {
	every name in ["arm64", "x86_64", "i386"] {
		policy.violation == set() with input as boot.document({"image": {"Architecture": name}})
	}
}

test_near_image_that_is_not_available if {
	document := boot.document({"image": {"Architecture": "arm64_mac", "State": "disabled"}})
	policy.violation == set() with input as document
}
