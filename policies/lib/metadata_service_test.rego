package amiscan.lib.metadata_service_test

import data.amiscan.lib.metadata_service
import data.amiscan.testing.fixtures

# Each case is what the launch, the account and the image say, and what comes of it.
tokens := [
	{"launch": "optional", "account": "required", "image": "v2.0", "want": {"value": "optional", "from": "launch"}},
	{"launch": "required", "account": "optional", "image": "", "want": {"value": "required", "from": "launch"}},
	{"launch": "", "account": "optional", "image": "v2.0", "want": {"value": "optional", "from": "account"}},
	{"launch": "", "account": "required", "image": "v2.0", "want": {"value": "required", "from": "account"}},
	{"launch": "", "account": "required", "image": "", "want": {"value": "required", "from": "account"}},
	{"launch": "", "account": "no-preference", "image": "v2.0", "want": {"value": "required", "from": "image"}},
	{"launch": "", "account": "", "image": "v2.0", "want": {"value": "required", "from": "image"}},
	{"launch": "", "account": "", "image": "", "want": {"value": "optional", "from": "default"}},
]

hops := [
	{"launch": 3, "account": 5, "image": "v2.0", "want": {"value": 3, "from": "launch"}},
	{"launch": "", "account": 5, "image": "v2.0", "want": {"value": 5, "from": "account"}},
	{"launch": "", "account": -1, "image": "v2.0", "want": {"value": 2, "from": "image"}},
	{"launch": "", "account": -1, "image": "", "want": {"value": 1, "from": "default"}},
]

test_tokens if {
	every case in tokens {
		outcome("HttpTokens", case) == case.want
	}
}

test_hops if {
	every case in hops {
		outcome("HttpPutResponseHopLimit", case) == case.want
	}
}

test_each_option_falls_through_alone if {
	launch := {"data": {"MetadataOptions": {"HttpPutResponseHopLimit": 3}}}
	account := {"HttpTokens": "optional", "HttpEndpoint": "disabled", "InstanceMetadataTags": "enabled"}
	metadata_service.options(launch, fixtures.image, account) == {
		"HttpEndpoint": {"value": "disabled", "from": "account"},
		"HttpProtocolIpv6": {"value": "disabled", "from": "default"},
		"HttpPutResponseHopLimit": {"value": 3, "from": "launch"},
		"HttpTokens": {"value": "optional", "from": "account"},
		"InstanceMetadataTags": {"value": "enabled", "from": "account"},
	}
}

test_standards_of_ec2 if {
	options := metadata_service.options({}, object.remove(fixtures.image, ["ImdsSupport"]), {})
	{name: option.value | some name, option in options} == {
		"HttpEndpoint": "enabled",
		"HttpProtocolIpv6": "disabled",
		"HttpPutResponseHopLimit": 1,
		"HttpTokens": "optional",
		"InstanceMetadataTags": "disabled",
	}
	{option.from | some option in options} == {"default"}
}

test_image_that_is_not_seen if {
	every image in [null, {}, {"ImageId": "ami-1", "State": "available"}] {
		options := metadata_service.options({}, image, {})
		options.HttpTokens == {"value": "unknown", "from": "image"}
		options.HttpPutResponseHopLimit == {"value": "unknown", "from": "image"}
		options.HttpEndpoint == {"value": "enabled", "from": "default"}
	}
}

test_image_that_is_not_seen_and_does_not_matter if {
	options := metadata_service.options({}, null, {"HttpTokens": "required"})
	options.HttpTokens == {"value": "required", "from": "account"}
}

test_cut_down_image_that_shows_it if {
	options := metadata_service.options({}, {"ImageId": "ami-1", "ImdsSupport": "v2.0"}, {})
	options.HttpTokens == {"value": "required", "from": "image"}
}

test_enforced_where_there_is_a_metadata_service if {
	account := {"HttpTokensEnforced": "enabled", "HttpTokens": "required"}
	metadata_service.enforced({}, null, account).HttpTokens == {"value": "required", "from": "account"}
	not metadata_service.unserved({}, account)
	off := {"data": {"MetadataOptions": {"HttpEndpoint": "disabled"}}}
	not metadata_service.enforced(off, null, account)
	metadata_service.unserved(off, account) == {"value": "required", "from": "account"}
}

test_not_enforced if {
	off := {"data": {"MetadataOptions": {"HttpEndpoint": "disabled"}}}
	every account in [{}, {"HttpTokensEnforced": "disabled"}, {"HttpTokensEnforced": "no-preference"}] {
		not metadata_service.enforced({}, null, account)
		not metadata_service.unserved(off, account)
	}
	every launch in [{"missing": "template"}, object.union(off, {"missing": "template"})] {
		not metadata_service.enforced(launch, null, {"HttpTokensEnforced": "enabled"})
		not metadata_service.unserved(launch, {"HttpTokensEnforced": "enabled"})
	}
}

outcome(name, case) := options[name] if {
	launch := {"data": {"MetadataOptions": {name: case.launch}}}
	image := object.union(fixtures.image, {"ImdsSupport": case.image})
	options := metadata_service.options(launch, image, {name: case.account})
}
