package awsstub

import "github.com/amiscan/amiscan/internal/inventory"

// snapshotRosters are the listings about snapshots, and what is in the Recycle Bin.
func snapshotRosters() []roster {
	return []roster{
		{action: "ec2:DescribeSnapshotTierStatus", kind: inventory.Snapshot, fact: "snapshot_tier",
			idField: "SnapshotId", fields: snapshotTierShape, element: "snapshotTierStatusSet", pages: pagesOf(1, 1000, 1000),
			filters: map[string]string{"snapshot-id": "SnapshotId", "volume-id": "VolumeId",
				"last-tiering-operation": "LastTieringOperationStatus"}},
		{action: "ec2:DescribeLockedSnapshots", kind: inventory.Snapshot, fact: "snapshot_lock",
			idField: "SnapshotId", fields: snapshotLockShape, element: "snapshotSet", pages: pagesOf(5, 1000, 1000),
			names: []naming{{parameter: "SnapshotId", field: "SnapshotId", prefix: "snap-",
				malformed: "InvalidSnapshotID.Malformed"}},
			filters: map[string]string{"lock-state": "LockState"}},
		{action: "ec2:ListSnapshotsInRecycleBin", kind: inventory.RecycledSnapshot, fact: "recycled_snapshot",
			idField: "SnapshotId", fields: recycledSnapshotShape, element: "snapshotSet", pages: pagesOf(5, 1000, 1000),
			names: []naming{{parameter: "SnapshotId", field: "SnapshotId", prefix: "snap-",
				malformed: "InvalidSnapshotID.Malformed", missing: "InvalidSnapshot.NotFound"}}},
		{action: "ec2:ListImagesInRecycleBin", kind: inventory.RecycledImage, fact: "recycled_image",
			idField: "ImageId", fields: recycledImageShape, element: "imageSet", pages: pagesOf(1, 1000, 1000),
			names: []naming{{parameter: "ImageId", field: "ImageId", prefix: "ami-", malformed: "InvalidAMIID.Malformed",
				missing: "InvalidAMIID.NotFound", most: 20}}},
	}
}
