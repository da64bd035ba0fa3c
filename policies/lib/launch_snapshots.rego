# METADATA
# title: Snapshots that the volumes of a launch are made from
# scope: package
package amiscan.lib.launch_snapshots

import data.amiscan.lib.launch_volumes

# named are the volumes whose snapshot the launch names itself.
named(launch) := [volume |
	some volume in launch_volumes.merged(launch, {})
	volume.Ebs.SnapshotId
]

# taken are the volumes whose snapshot is the image's.
taken(launch, image) := [volume |
	some volume in launch_volumes.merged(launch, image)
	volume.Ebs.SnapshotId
	not volume.launch.SnapshotId
]

listed(snapshots, id) if {
	some snapshot in snapshots
	snapshot.SnapshotId == id
}

# unusable says why no volume can be made from a snapshot.
unusable(snapshot) := concat(" and ", reasons) if {
	reasons := [reason |
		some reason in ["is in the state error", "is in the Recycle Bin", "is archived"]
		stands(reason, snapshot)
	]
	count(reasons) > 0
}

# doubtful says why it is not certain of a snapshot that can perhaps be used.
doubtful(snapshot) := concat(" and ", reasons) if {
	not unusable(snapshot)
	reasons := [reason |
		some reason in [
			sprintf("is in the state %s", [snapshot.State]),
			sprintf("is restored from the archive until %s only", [object.get(snapshot, "RestoreExpiryTime", "")]),
		]
		open(reason, snapshot)
	]
	count(reasons) > 0
}

stands("is in the state error", snapshot) if snapshot.State == "error"

stands("is in the Recycle Bin", snapshot) if snapshot.State == "recoverable"

stands("is archived", snapshot) if {
	snapshot.StorageTier == "archive"
	not snapshot.RestoreExpiryTime
}

open(reason, snapshot) if {
	contains(reason, "state")
	snapshot.State != "completed"
}

open(reason, snapshot) if {
	contains(reason, "archive")
	snapshot.RestoreExpiryTime
}
