package amiscan.lib.keys_unknown_test

import data.amiscan.lib.keys
import data.amiscan.testing.fixtures

# Saved output does not always say whose and of which Region it is: "unknown" stands there.
launcher(fields) := object.union({"account": fixtures.account, "region": fixtures.region}, fields)

managed := object.union(fixtures.key, {"KeyManager": "AWS"})

# told is what stands against the launcher's use of the key, without the key's name.
told(key, fields) := [[obstacle.access, trim_prefix(obstacle.reason, sprintf("key %s ", [keys.arn(key)]))] |
	some obstacle in keys.obstacles(key, launcher(fields))
]

place := ["undecided", "may be of another Region than the image, whose Region is not known"]

owner := ["undecided", "is managed by AWS for its own account alone, and which account launches is not known"]

test_a_region_that_is_not_known_may_be_the_key_s if {
	told(fixtures.key, {"region": "unknown"}) == [place]
	told(object.union(fixtures.key, {"KeyState": "Disabled"}), {"region": "unknown"}) == [["closed", "is in the state Disabled"], place]
	[access | some [access, _] in told(null, {"region": "unknown"})] == ["undecided", "undecided"]
	told(object.remove(fixtures.key, ["KeyState"]), {"region": "unknown"})[0] == place
	told(fixtures.key, {"region": "us-east-1"}) == [["closed", "is not in the image's Region"]]
}

test_an_account_that_is_not_known_may_be_the_key_s if {
	told(managed, {"account": "unknown"}) == [owner]
	told(fixtures.key, {"account": "unknown"}) == []
	[access | some [access, _] in told(managed, {"account": "222222222222"})] == ["closed"]
}
