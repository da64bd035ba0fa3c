package amiscan.lib.key_loss_test

import data.amiscan.lib.key_loss
import data.amiscan.testing.fixtures

arn := fixtures.key.Arn

foreign := "arn:aws:kms:eu-west-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab"

in_state(state) := [object.union(fixtures.key, {"KeyState": state})]

test_losses_by_state if {
	every state in ["Disabled", "PendingDeletion", "PendingReplicaDeletion", "PendingImport", "Unavailable"] {
		key_loss.losses(arn, in_state(state), fixtures.account) == {sprintf("is in the state %s", [state])}
		key_loss.open(arn, in_state(state), fixtures.account) == set()
	}
}

test_usable_states if {
	every state in ["Enabled", "Updating"] {
		key_loss.losses(arn, in_state(state), fixtures.account) == set()
		key_loss.open(arn, in_state(state), fixtures.account) == set()
	}
}

test_open_states if {
	key_loss.open(arn, in_state("Creating"), fixtures.account) == {"is in the state Creating"}
	key_loss.losses(arn, in_state("Creating"), fixtures.account) == set()
	silent := [object.remove(fixtures.key, ["KeyState"])]
	key_loss.open(arn, silent, fixtures.account) == {"is in the state that KMS does not tell"}
}

test_keys_that_are_not_found if {
	key_loss.losses(arn, [], fixtures.account) == {"does not exist any more"}
	key_loss.open(arn, [], fixtures.account) == set()
	every other in [foreign, "alias/golden"] {
		key_loss.losses(other, [], fixtures.account) == set()
		key_loss.open(other, [], fixtures.account) == {"is not found: it may be gone, or not be shown to this account"}
	}
}

test_another_key_says_nothing if {
	usable := object.union(fixtures.key, {"Arn": foreign})
	every state in ["Disabled", "Creating"] {
		keys := array.concat(in_state(state), [usable])
		key_loss.losses(foreign, keys, fixtures.account) == set()
		key_loss.open(foreign, keys, fixtures.account) == set()
	}
}

test_finding if key_loss.finding("k", "is gone") == {
	"msg": "the image can't be launched: its key k is gone",
	"subject": "k",
	"evidence": {"KmsKeyId": "k", "loss": "is gone"},
}

test_launches if {
	group := {"kind": "auto_scaling_group", "id": "web"}
	key_loss.launches("k", [fixtures.reference, group, group]) == {
		"msg": concat(" ", [
			"the next launch fails, for want of the key k, of:",
			"auto_scaling_group web, launch_template lt-0d0d0d0d0d0d0d0d0",
		]),
		"subject": "k launches",
		"evidence": {"references": [fixtures.reference, group, group]},
	}
}

test_nothing_launches_it if not key_loss.launches("k", [])

test_instances if {
	launched := [{"InstanceId": "i-0b"}, {"InstanceId": "i-0a", "State": {"Name": "stopped"}}]
	key_loss.instances("k", launched) == {
		"msg": "2 instances do not start again once stopped, for want of the key k",
		"subject": "k instances",
		"evidence": {"instances": ["i-0a", "i-0b"]},
	}
}

test_no_instances_any_more if {
	every state in ["shutting-down", "terminated"] {
		launched := [{"InstanceId": "i-0a", "State": {"Name": state}}]
		not key_loss.instances("k", launched)
	}
	not key_loss.instances("k", [])
}

test_deletion if {
	key := {"Arn": "k", "KeyState": "PendingDeletion", "DeletionDate": "2026-12-06T01:00:00Z"}
	key_loss.deletion(key) == {
		"msg": "from 2026-12-06T01:00:00Z on, nothing brings the image back: KMS deletes its key k",
		"subject": "k deletion",
		"evidence": {"KeyState": "PendingDeletion", "DeletionDate": "2026-12-06T01:00:00Z"},
		"from": "2026-12-06T01:00:00Z",
	}
	not key_loss.deletion(fixtures.key)
}
