# METADATA
# title: Instance metadata options that a launch ends up with
# description: >-
#   EC2 User Guide, "Order of precedence for instance metadata options". Each option is looked for alone: what the launch
#   says, else the account's default in the Region, else what the image brings (ImdsSupport v2.0 stands for required tokens
#   and two hops), else EC2's own default. So an account default of optional takes away what the image would require. Where
#   the image is not seen, or was cut down and does not show ImdsSupport, what it would decide is "unknown".
# scope: package
package amiscan.lib.metadata_service

import data.amiscan.lib.boot

# options are what the launch ends up with: each option as {"value", "from"}, where from is launch, account, image or
# default. The account's are its AccountLevel (fact instance_metadata_defaults); an image that is not seen is null.
options(launch, image, account) := {
	"HttpEndpoint": option("HttpEndpoint", "enabled", launch, image, account),
	"HttpProtocolIpv6": option("HttpProtocolIpv6", "disabled", launch, image, account),
	"HttpPutResponseHopLimit": option("HttpPutResponseHopLimit", 1, launch, image, account),
	"HttpTokens": option("HttpTokens", "optional", launch, image, account),
	"InstanceMetadataTags": option("InstanceMetadataTags", "disabled", launch, image, account),
}

# enforced are the options of a launch with a metadata service where the account enforces IMDSv2.
enforced(launch, image, account) := found if {
	account.HttpTokensEnforced == "enabled"
	not launch.missing
	found := options(launch, image, account)
	found.HttpEndpoint.value != "disabled"
}

# unserved is HttpTokens of a launch without a metadata service where the account enforces IMDSv2.
unserved(launch, account) := found.HttpTokens if {
	account.HttpTokensEnforced == "enabled"
	not launch.missing
	found := options(launch, null, account)
	found.HttpEndpoint.value == "disabled"
}

option(name, standard, launch, image, account) := [level |
	some level in [
		{"from": "launch", "value": object.get(launch, ["data", "MetadataOptions", name], "")},
		{"from": "account", "value": object.get(account, name, "")},
		{"from": "image", "value": object.get(brought(image), name, "")},
		{"from": "default", "value": standard},
	]
	not level.value in silence
][0]

# silence is how a level says that it has no preference (ModifyInstanceMetadataDefaults).
silence := {"", "no-preference", -1, null}

default brought(_) := {"HttpTokens": "unknown", "HttpPutResponseHopLimit": "unknown"}

brought(image) := object.get(
	{"v2.0": {"HttpTokens": "required", "HttpPutResponseHopLimit": 2}},
	object.get(image, "ImdsSupport", ""),
	{},
) if {
	shows(image)
}

shows(image) if image.ImdsSupport

shows(image) if boot.whole(image)
