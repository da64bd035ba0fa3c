package amiscan.launch.lt_public_ip_test

import data.amiscan.launch.lt_public_ip as policy
import data.amiscan.testing.fixtures

# template has one version for each list of interfaces, the first of them the default and number 1.
template(list) := fixtures.launch_template({"template_versions": [object.union(
	object.remove(fixtures.template_version, ["LaunchTemplateData"]),
	{"VersionNumber": i + 1, "DefaultVersion": i == 0, "LaunchTemplateData": {"NetworkInterfaces": interfaces}},
) |
	some i, interfaces in list
]})

open := {"DeviceIndex": 0, "AssociatePublicIpAddress": true}

finding(number, interfaces) := {
	"msg": sprintf("version %d gives its instances a public IP address", [number]),
	"subject": format_int(number, 10),
	"evidence": {"NetworkInterfaces": interfaces},
}

test_fail_public_address if {
	interfaces := [object.union(open, {"SubnetId": "subnet-0a1a1a1a1a1a1a1a1", "Groups": ["sg-0a1a1a1a1a1a1a1a1"]})]
	policy.violation == {finding(1, [object.remove(interfaces[0], ["Groups"])])} with input as template([interfaces])
}

test_fail_shows_only_the_open_interfaces if {
	interfaces := [{"DeviceIndex": 1, "AssociatePublicIpAddress": false}, open]
	policy.violation == {finding(1, [open])} with input as template([interfaces])
}

test_fail_default_and_latest_but_none_between if {
	policy.violation == {finding(1, [open]), finding(3, [open])} with input as template([[open], [open], [open]])
}

test_pass_private if {
	policy.violation == set() with input as template([[{"DeviceIndex": 0, "AssociatePublicIpAddress": false}]])
}

test_near_the_subnet_decides if {
	policy.violation == set() with input as template([[{"DeviceIndex": 0}]])
	policy.violation == set() with input as template([[]])
	policy.violation == set() with input as fixtures.launch_template({"template_versions": [fixtures.template_version]})
}

test_near_an_old_version if {
	closed := {"DeviceIndex": 0, "AssociatePublicIpAddress": false}
	policy.violation == set() with input as template([[closed], [open], [closed]])
}
