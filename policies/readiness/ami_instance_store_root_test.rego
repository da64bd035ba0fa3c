package amiscan.readiness.ami_instance_store_root_test

import data.amiscan.readiness.ami_instance_store_root as policy
import data.amiscan.testing.fixtures

bundled := {"RootDeviceType": "instance-store", "ImageLocation": "bucket/web.manifest.xml"}

finding := {
	"msg": concat(" ", [
		"the image has its root on the instance store:",
		"current instance types do not launch it, and none can be stopped",
	]),
	"evidence": bundled,
}

test_fail_instance_store if policy.violation == {finding} with input as fixtures.with_image(bundled)

test_fail_instance_store_and_pending if {
	policy.violation == {finding} with input as fixtures.with_image(object.union(bundled, {"State": "pending"}))
}

test_pass_ebs if {
	document := fixtures.ami({"image": fixtures.image})
	policy.applies with input as document
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_instance_store_volume_beside_an_ebs_root if {
	mappings := [fixtures.root_mapping, {"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"}]
	policy.violation == set() with input as fixtures.with_image({"BlockDeviceMappings": mappings})
}

test_near_image_that_can_not_be_launched if {
	every state in ["disabled", "failed", "deregistered"] {
		document := fixtures.with_image(object.union(bundled, {"State": state}))
		not policy.applies with input as document
		policy.violation == set() with input as document
		silent := fixtures.ami({"image": object.remove(document.image, ["RootDeviceType"])})
		policy.undecided == set() with input as silent
	}
}

test_unknown_without_a_type if {
	document := fixtures.without_image(["RootDeviceType"])
	policy.violation == set() with input as document
	policy.undecided == {{"msg": "the image does not say where its root device is"}} with input as document
}
