package amiscan.testing.fixtures_test

import data.amiscan.testing.fixtures

# The fixtures hang together: a launcher of the fixtures launches the image of the fixtures, from its snapshots, under its key.
test_launch_names_the_image if fixtures.launch.image_id == fixtures.image.ImageId

test_image_maps_the_snapshots if {
	{mapping.Ebs.SnapshotId | some mapping in fixtures.image.BlockDeviceMappings; mapping.Ebs} & {
		fixtures.snapshot.SnapshotId,
		fixtures.data_snapshot.SnapshotId,
	} != set()
}

test_snapshot_is_under_the_key if fixtures.snapshot.KmsKeyId == fixtures.key.Arn

test_facts_stand_over_those_of_a_sound_launcher if {
	fixtures.launcher({}).images == fixtures.sound.images
	fixtures.launcher({"images": []}).images == []
	fixtures.auto_scaling_group({"launches": []}).launches == []
}

test_documents_say_what_they_are if {
	{document.kind: document.id |
		some document in [
			fixtures.ami({}), fixtures.kms_key({}), fixtures.launch_template({}), fixtures.auto_scaling_group({}),
			fixtures.settings({}), fixtures.ebs_snapshot({}),
		]
	} == {
		"ami": fixtures.image.ImageId,
		"kms_key": fixtures.key.Arn,
		"launch_template": fixtures.template_version.LaunchTemplateId,
		"auto_scaling_group": fixtures.group.AutoScalingGroupName,
		"settings": "111122223333/eu-west-1",
		"snapshot": fixtures.snapshot.SnapshotId,
	}
}

test_fields_of_the_image if {
	fixtures.with_image({"Public": true}).image == object.union(fixtures.image, {"Public": true})
	not fixtures.without_image(["Name"]).image.Name
}

test_what_is_not_there if {
	document := fixtures.not_found(fixtures.ami({"fast_launch": {}}), "fast_launch")
	document.status.fast_launch == "not_found"
	not document.fast_launch
}
