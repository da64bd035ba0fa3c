package awsstub

// The members of types.ImageRecycleBinInfo and types.SnapshotRecycleBinInfo.

var recycledImageShape = shape{
	"Description":         text,
	"ImageId":             text,
	"Name":                text,
	"RecycleBinEnterTime": instant,
	"RecycleBinExitTime":  instant,
}

var recycledSnapshotShape = shape{
	"Description":         text,
	"RecycleBinEnterTime": instant,
	"RecycleBinExitTime":  instant,
	"SnapshotId":          text,
	"VolumeId":            text,
}
