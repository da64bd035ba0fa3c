package amiscan.lib.launch_keys_test

import data.amiscan.lib.keys
import data.amiscan.lib.launch_keys
import data.amiscan.testing.fixtures

arn := fixtures.key.Arn

alias_arn := "arn:aws:kms:us-east-1:222222222222:alias/golden"

test_named_by_the_launch_itself if {
	named := {"DeviceName": "/dev/sdf", "Ebs": {"Encrypted": true, "KmsKeyId": arn}}
	mappings := [
		named,
		{"DeviceName": "/dev/sdg", "Ebs": {"Encrypted": true}},
		{"DeviceName": "/dev/sdh", "Ebs": {"KmsKeyId": ""}},
		{"DeviceName": "/dev/sdi", "VirtualName": "ephemeral0"},
		{"DeviceName": "/dev/sdj", "NoDevice": "", "Ebs": {"KmsKeyId": arn}},
	]
	launch_keys.named({"data": {"BlockDeviceMappings": mappings}}) == [named]
	launch_keys.named({"data": {}}) == []
	launch_keys.named({"missing": "template"}) == []
}

test_region_and_owner if {
	launch_keys.region(alias_arn, "eu-west-1") == "us-east-1"
	launch_keys.owner(alias_arn, "111122223333") == "222222222222"
	every name in ["alias/golden", "1234abcd-12ab-34cd-56ef-1234567890ab"] {
		launch_keys.region(name, "eu-west-1") == "eu-west-1"
		launch_keys.owner(name, "111122223333") == "111122223333"
	}
}

test_meant if {
	names := [{"KmsKeyId": "alias/golden", "Arn": arn}, {"KmsKeyId": "alias/other", "Arn": "arn:other"}]
	launch_keys.meant(arn, [fixtures.key], []) == [fixtures.key]
	launch_keys.meant("alias/golden", [fixtures.key], names) == [fixtures.key]
	launch_keys.meant("alias/other", [fixtures.key], names) == []
	launch_keys.meant("alias/gone", [fixtures.key], names) == []
}

test_refusals if {
	launch_keys.refusals({"Ebs": {"Encrypted": true, "KmsKeyId": "alias/golden"}}, "eu-west-1") == []
	launch_keys.refusals({"Ebs": {"KmsKeyId": alias_arn}}, "eu-west-1") == [
		"without Encrypted set to true: EC2 refuses the launch",
		"which is of another Region: the launch fails",
	]
	launch_keys.refusals({"Ebs": {"Encrypted": true, "KmsKeyId": alias_arn}}, "unknown") == []
}

test_obstacles if {
	disabled := object.union(fixtures.key, {"KeyState": "Disabled"})
	here := {"account": fixtures.account, "region": fixtures.region}
	launch_keys.obstacles(fixtures.key, here) == []
	launch_keys.obstacles(disabled, here) == keys.obstacles(disabled, here)
	every place in [{"account": "unknown"}, {"region": "unknown"}, {"account": "unknown", "region": "unknown"}] {
		doubt := {"access": "undecided", "reason": "whether it is of this account and Region is not known"}
		launch_keys.obstacles(fixtures.key, object.union(here, place)) == [doubt]
		launch_keys.obstacles(disabled, object.union(here, place)) == array.concat(keys.obstacles(disabled, here), [doubt])
	}
}
