package amiscan.lib.boot_test

import data.amiscan.lib.boot
import data.amiscan.testing.fixtures

test_uses_only_its_own_available_image if {
	boot.uses(fixtures.launch, fixtures.image)
	not boot.uses(fixtures.launch, object.union(fixtures.image, {"State": "disabled"}))
	not boot.uses(fixtures.launch, object.union(fixtures.image, {"ImageId": "ami-00000000000000bad"}))
}

test_runs_on_the_type_that_it_names if {
	boot.runs_on(fixtures.launch, fixtures.instance_type)
	not boot.runs_on(fixtures.launch, {"InstanceType": "t2.micro"})
}

test_open_without_a_type if {
	boot.open(object.remove(fixtures.launch, ["instance_type"]))
	not boot.open(fixtures.launch)
	not boot.open({"missing": "template"})
}

test_subjects_of_several_devices if {
	boot.at("/dev/xvda", {"msg": "m", "subject": "3"}) == {"msg": "m", "subject": "3 /dev/xvda"}
	boot.at("/dev/xvda", {"msg": "m", "subject": ""}) == {"msg": "m", "subject": "/dev/xvda"}
}

test_whole_image if {
	boot.whole(fixtures.image)
	every field in ["Architecture", "Hypervisor", "RootDeviceType", "State", "VirtualizationType"] {
		not boot.whole(object.remove(fixtures.image, [field]))
	}
}
