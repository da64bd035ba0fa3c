package awsstub

// What EC2 says of a snapshot in calls of their own: types.SnapshotTierStatus and types.LockedSnapshotsInfo.

var snapshotTierShape = shape{
	"ArchivalCompleteTime":             instant,
	"LastTieringOperationStatus":       text,
	"LastTieringOperationStatusDetail": text,
	"LastTieringProgress":              whole,
	"LastTieringStartTime":             instant,
	"OwnerId":                          text,
	"RestoreExpiryTime":                instant,
	"SnapshotId":                       text,
	"Status":                           text,
	"StorageTier":                      text,
	"Tags":                             list("tagSet", group(tagShape)),
	"VolumeId":                         text,
}

var snapshotLockShape = shape{
	"CoolOffPeriod":          whole,
	"CoolOffPeriodExpiresOn": instant,
	"LockCreatedOn":          instant,
	"LockDuration":           whole,
	"LockDurationStartTime":  instant,
	"LockExpiresOn":          instant,
	"LockState":              text,
	"OwnerId":                text,
	"SnapshotId":             text,
}
