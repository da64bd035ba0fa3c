# METADATA
# title: What becomes of metadata tokens where a launch leaves that to others
# description: >-
#   In two steps, so that nobody need see the image where the account's default decides. Both are undefined for a launch
#   that is in order by its own words, and for one that gets no metadata service.
# scope: package
package amiscan.lib.launch_tokens

import data.amiscan.lib.metadata_service

# without_image is the value of HttpTokens and the level that it is from: "unknown" where the image decides.
without_image(launch, account) := options.HttpTokens if {
	not settled(launch)
	options := metadata_service.options(launch, null, account)
	options.HttpEndpoint.value != "disabled"
}

# with_image is the same for a launch whose image decides: "unknown" where that is not seen.
with_image(launch, images, account) := options.HttpTokens if {
	image_decides(launch, account)
	image := array.concat([image | some image in images; image.ImageId == launch.image_id], [null])[0]
	options := metadata_service.options(launch, image, account)
}

image_decides(launch, account) if {
	is_silent(launch)
	without_image(launch, account).value == "unknown"
}

# is_silent is asked first, so that nobody need see the account's default either where the launch speaks for itself.
is_silent(launch) if not speaks(launch)

speaks(launch) if launch.data.MetadataOptions.HttpTokens in {"optional", "required"}

# values are what may become of HttpTokens.
values(launch, images, account) := union({
	{tokens.value | tokens := without_image(launch, account)},
	{tokens.value | tokens := with_image(launch, images, account)},
})

settled(launch) if launch.missing

settled(launch) if launch.data.MetadataOptions.HttpTokens == "required"

settled(launch) if launch.data.MetadataOptions.HttpEndpoint == "disabled"
