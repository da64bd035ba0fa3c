package amiscan.sharing.ami_public_test

import data.amiscan.sharing.ami_public as policy
import data.amiscan.testing.fixtures

test_fail_public_image if {
	want := {{"msg": "every AWS account may launch this image", "evidence": {"Public": true}}}
	policy.violation == want with input as fixtures.with_image({"Public": true})
	policy.undecided == set() with input as fixtures.with_image({"Public": true})
}

test_fail_names_the_public_parameter if {
	name := "/aws/service/acme/web/latest"
	policy.violation == {{
		"msg": concat(" ", [
			"every AWS account may launch this image;",
			"the public SSM parameter \"/aws/service/acme/web/latest\" leads to it",
		]),
		"evidence": {"Public": true, "PublicSsmParameterName": name},
	}} with input as fixtures.with_image({"Public": true, "PublicSsmParameterName": name})
}

test_pass_private_image if {
	policy.violation == set() with input as fixtures.ami({"image": fixtures.image})
	policy.undecided == set() with input as fixtures.ami({"image": fixtures.image})
}

test_near_shared_with_everybody_named_but_not_public if {
	document := fixtures.ami({"image": fixtures.image, "launch_permissions": [
		{"UserId": "222222222222"},
		{"OrganizationArn": "arn:aws:organizations::222222222222:organization/o-f6g7h8i9j0"},
	]})
	policy.violation == set() with input as document
}

test_unknown_where_the_image_does_not_say if {
	document := fixtures.without_image(["Public"])
	policy.violation == set() with input as document
	policy.undecided == {{"msg": "the image does not say whether it is public"}} with input as document
}

test_unknown_where_there_is_no_image if {
	document := fixtures.not_found(fixtures.ami({"image": fixtures.image}), "image")
	policy.violation == set() with input as document
	policy.undecided == {{"msg": "the image does not say whether it is public"}} with input as document
}
