package amiscan.lib.launch_tokens_test

import data.amiscan.lib.launch_tokens
import data.amiscan.testing.fixtures

plain_image := object.remove(fixtures.image, ["ImdsSupport"])

launch(options) := {"image_id": fixtures.image.ImageId, "data": {"MetadataOptions": options}}

test_account_decides if {
	launch_tokens.without_image(launch({}), {"HttpTokens": "optional"}) == {"value": "optional", "from": "account"}
	not launch_tokens.with_image(launch({}), [plain_image], {"HttpTokens": "optional"})
	launch_tokens.values(launch({}), [plain_image], {"HttpTokens": "optional"}) == {"optional"}
}

test_image_decides if {
	launch_tokens.without_image(launch({}), {}) == {"value": "unknown", "from": "image"}
	launch_tokens.with_image(launch({}), [fixtures.image], {}) == {"value": "required", "from": "image"}
	launch_tokens.with_image(launch({}), [plain_image], {}) == {"value": "optional", "from": "default"}
	launch_tokens.with_image(launch({}), [], {}) == {"value": "unknown", "from": "image"}
	launch_tokens.values(launch({}), [plain_image], {}) == {"unknown", "optional"}
}

test_nothing_to_judge if {
	every options in [{"HttpTokens": "required"}, {"HttpEndpoint": "disabled"}] {
		not launch_tokens.without_image(launch(options), {})
		not launch_tokens.with_image(launch(options), [plain_image], {})
		launch_tokens.values(launch(options), [plain_image], {}) == set()
	}
	not launch_tokens.without_image(launch({}), {"HttpEndpoint": "disabled"})
	not launch_tokens.without_image({"missing": "template"}, {})
}

test_launch_decides if {
	optional := launch({"HttpTokens": "optional"})
	launch_tokens.without_image(optional, {"HttpTokens": "required"}) == {"value": "optional", "from": "launch"}
	not launch_tokens.with_image(optional, [plain_image], {})
	not launch_tokens.is_silent(optional)
	not launch_tokens.is_silent(launch({"HttpTokens": "required"}))
	launch_tokens.is_silent(launch({"HttpTokens": ""}))
	launch_tokens.is_silent(launch({}))
	launch_tokens.is_silent({})
}
