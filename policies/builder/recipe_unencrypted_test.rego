package amiscan.builder.recipe_unencrypted_test

import data.amiscan.builder.recipe_unencrypted as policy
import data.amiscan.testing.fixtures

arn := "arn:aws:imagebuilder:eu-west-1:111122223333:image-recipe/web/1.0.0"

recipe(mappings, by_default) := fixtures.document("image_recipe", arn, arn, {
	"image_recipe": {
		"Arn": arn,
		"BlockDeviceMappings": mappings,
		"DateCreated": "2026-10-01T08:00:00Z",
		"Name": "web",
		"ParentImage": "ami-0f0e0d0c0b0a09080",
		"Platform": "Linux",
		"Version": "1.0.0",
	},
	"ebs_encryption_by_default": {"EbsEncryptionByDefault": by_default},
})

clear := {"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": false, "VolumeSize": 20, "VolumeType": "gp3"}}

encrypted := {"DeviceName": "/dev/sdf", "Ebs": {"Encrypted": true, "VolumeSize": 20}}

test_fail_clear_volume if {
	policy.violation == {{
		"msg": "the recipe asks for device /dev/xvda in the clear, and the account does not encrypt by default",
		"subject": "/dev/xvda",
		"evidence": {"Encrypted": false},
	}} with input as recipe([clear, encrypted], false)
}

test_pass_encrypted if {
	policy.violation == set() with input as recipe([encrypted], false)
}

test_near_encrypted_by_default if {
	policy.violation == set() with input as recipe([clear], true)
}

test_near_says_nothing if {
	silent := {"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 20}}
	policy.violation == set() with input as recipe([silent], false)
}

test_near_device_that_is_left_out if {
	policy.violation == set() with input as recipe([object.union(clear, {"NoDevice": ""})], false)
}

test_near_no_mappings if {
	document := recipe([], false)
	bare := object.union(
		object.remove(document, ["image_recipe"]),
		{"image_recipe": object.remove(document.image_recipe, ["BlockDeviceMappings"])},
	)
	policy.violation == set() with input as bare
}
