# METADATA
# title: What the loss of a KMS key takes with it
# description: >-
#   A key, named by its ARN, is lost to an image in a state in which KMS refuses it, or gone. Of a key of another account,
#   KMS does not tell whether it is gone or not shown.
# scope: package
package amiscan.lib.key_loss

# losses say why a key can't be used now; none if it can, or if that is open.
losses(arn, keys, account) := refused | gone if {
	refused := {sprintf("is in the state %s", [key.KeyState]) |
		some key in keys
		key.Arn == arn
		key.KeyState in refusing
	}
	gone := {"does not exist any more" |
		not listed(arn, keys)
		owner(arn) == account
	}
}

# open says why it can't be told whether a key can be used; nothing if that is told.
open(arn, keys, account) := unseen | odd if {
	unseen := {"is not found: it may be gone, or not be shown to this account" |
		not listed(arn, keys)
		owner(arn) != account
	}
	odd := {sprintf("is in the state %v", [state]) |
		some key in keys
		key.Arn == arn
		state := object.get(key, "KeyState", "that KMS does not tell")
		not state in ({"Enabled", "Updating"} | refusing)
	}
}

# finding is that the image itself can't be launched.
finding(arn, loss) := {
	"msg": sprintf("the image can't be launched: its key %s %s", [arn, loss]),
	"subject": arn,
	"evidence": {"KmsKeyId": arn, "loss": loss},
}

# launches is what would launch the image; undefined if nothing does.
launches(arn, references) := {
	"msg": sprintf("the next launch fails, for want of the key %s, of: %s", [arn, concat(", ", names)]),
	"subject": sprintf("%s launches", [arn]),
	"evidence": {"references": references},
} if {
	count(references) > 0
	names := sort({sprintf("%s %s", [reference.kind, reference.id]) | some reference in references})
}

# instances are those that were launched of the image; undefined if there are none.
instances(arn, launched) := {
	"msg": sprintf("%d instances do not start again once stopped, for want of the key %s", [count(ids), arn]),
	"subject": sprintf("%s instances", [arn]),
	"evidence": {"instances": ids},
} if {
	ids := sort([instance.InstanceId | some instance in launched; not ended(instance)])
	ids != []
}

ended(instance) if instance.State.Name in {"shutting-down", "terminated"}

# deletion is the day from which nothing brings the image back; undefined for a key that is not to be deleted.
deletion(key) := {
	"msg": sprintf("from %s on, nothing brings the image back: KMS deletes its key %s", [key.DeletionDate, key.Arn]),
	"subject": sprintf("%s deletion", [key.Arn]),
	"evidence": object.filter(key, {"KeyState", "DeletionDate"}),
	"from": key.DeletionDate,
}

listed(arn, keys) if arn in {key.Arn | some key in keys}

# owner is the account in an ARN; of anything else nobody's.
owner(arn) := concat("", [account | account := split(arn, ":")[4]])

refusing := {"Disabled", "PendingDeletion", "PendingReplicaDeletion", "PendingImport", "Unavailable"}
