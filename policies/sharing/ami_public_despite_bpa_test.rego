package amiscan.sharing.ami_public_despite_bpa_test

import data.amiscan.sharing.ami_public_despite_bpa as policy
import data.amiscan.testing.fixtures

image(fields, setting) := fixtures.ami({
	"image": object.union(fixtures.image, fields),
	"image_block_public_access": setting,
})

blocked := {"ImageBlockPublicAccessState": "block-new-sharing", "ManagedBy": "account"}

test_fail_public_under_the_setting if {
	policy.violation == {{
		"msg": "the image is public: block public access is on, but does not touch what was public before",
		"evidence": {"Public": true, "image_block_public_access": blocked},
	}} with input as image({"Public": true}, blocked)
	policy.undecided == set() with input as image({"Public": true}, blocked)
}

test_pass_private_image if {
	policy.violation == set() with input as image({}, blocked)
	policy.undecided == set() with input as image({}, {})
}

test_near_public_without_the_setting if {
	document := image({"Public": true}, {"ImageBlockPublicAccessState": "unblocked"})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_unknown_setting if {
	policy.violation == set() with input as image({"Public": true}, {})
	policy.undecided == {{
		"msg": "the image is public, and block public access does not say its state",
	}} with input as image({"Public": true}, {})
}

test_unknown_image if {
	document := image({"Public": null}, blocked)
	policy.violation == set() with input as document
	policy.undecided == {{"msg": "the image does not say whether it is public"}} with input as document
}
