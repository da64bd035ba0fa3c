package amiscan.lib.keys_test

import data.amiscan.lib.keys
import data.amiscan.testing.fixtures

here := {"account": fixtures.account, "region": fixtures.region}

guest := {"account": "222222222222", "region": fixtures.region}

changed(fields) := object.union(fixtures.key, fields)

# told is what stands against the principal's use of the key, without the key's name.
told(key, principal) := [[obstacle.access, trim_prefix(obstacle.reason, sprintf("key %s ", [keys.arn(key)]))] |
	some obstacle in keys.obstacles(key, principal)
]

unseen := ["undecided", "cannot be judged: KMS does not tell who manages it, its state and what it is for"]

purpose := ["closed", "is not a symmetric encryption key (KeyUsage ENCRYPT_DECRYPT, KeySpec SYMMETRIC_DEFAULT)"]

test_nothing_stands_against_a_sound_key if {
	every principal in [here, guest] {
		told(fixtures.key, principal) == []
		told(changed({"KeyState": "Updating"}), principal) == []
		told(changed({"MultiRegion": true}), principal) == []
	}
	keys.obstacles(changed({"KeyState": "Disabled"}), here) == [{
		"access": "closed",
		"reason": sprintf("key %s is in the state Disabled", [fixtures.key.Arn]),
	}]
}

test_each_obstacle_by_itself if {
	managed := ["closed", "is managed by AWS: its policy cannot be changed, so no other account can ever use it"]
	told(changed({"KeyManager": "AWS"}), guest) == [managed]
	told(changed({"KeyManager": "AWS"}), here) == []
	every state in ["Disabled", "PendingDeletion", "PendingReplicaDeletion", "PendingImport", "Unavailable"] {
		told(changed({"KeyState": state}), here) == [["closed", sprintf("is in the state %s", [state])]]
	}
	told(changed({"KeyUsage": "SIGN_VERIFY"}), here) == [purpose]
	told(changed({"KeySpec": "RSA_2048"}), here) == [purpose]
	told(fixtures.key, {"account": fixtures.account, "region": "us-east-1"}) == [["closed", "is not in the image's Region"]]
}

test_words_that_are_not_known_are_undecided if {
	every state in ["Creating", "enabled", "Renewing"] {
		told(changed({"KeyState": state}), here) == [["undecided", sprintf("is in the state %s", [state])]]
	}
	every principal in [here, guest] {
		[access | some [access, _] in told(changed({"KeyManager": "SOMEBODY"}), principal)] == ["undecided"]
	}
}

test_what_kms_does_not_tell_is_undecided if {
	every field in ["KeyManager", "KeyState", "KeyUsage", "KeySpec"] {
		told(object.remove(fixtures.key, [field]), here) == [unseen]
	}
	told({"Arn": fixtures.key.Arn}, here) == [unseen]
	told({"Arn": fixtures.key.Arn, "KeyState": "Disabled"}, here) == [["closed", "is in the state Disabled"], unseen]
}

test_key_that_is_not_known_is_undecided if {
	every key in [null, {}, object.remove(fixtures.key, ["Arn"])] {
		keys.obstacles(key, here) == [{"access": "undecided", "reason": sprintf("key that is not known %s", [unseen[1]])}]
	}
}

test_spec_under_its_former_name if {
	former := object.remove(changed({"CustomerMasterKeySpec": "SYMMETRIC_DEFAULT"}), ["KeySpec"])
	told(former, here) == []
	told(object.union(former, {"CustomerMasterKeySpec": "RSA_2048"}), here) == [purpose]
}

test_only_an_arn_of_a_key_names_it if {
	start := "arn:aws:kms:eu-west-1:111122223333:key/"
	keys.is_named({"Arn": "arn:aws-cn:kms:cn-north-1:111122223333:key/mrk-1"})
	every arn in ["", "1234abcd", start, sprintf("x:%s1", [start]), replace(start, "key/", "alias/golden")] {
		not keys.is_named({"Arn": arn})
	}
}
