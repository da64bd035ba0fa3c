package awsstub

// The members of types.Snapshot and of what stands in it. A snapshot calls its state status.

var snapshotShape = shape{
	"AssociatedKmsKeys":         list("associatedKmsKeySet", group(associatedKmsKeyShape)),
	"AvailabilityZone":          text,
	"CompletionDurationMinutes": whole,
	"CompletionTime":            instant,
	"DataEncryptionKeyId":       text,
	"Description":               text,
	"Encrypted":                 flag,
	"FullSnapshotSizeInBytes":   whole,
	"KmsKeyId":                  text,
	"OutpostArn":                text,
	"OwnerAlias":                text,
	"OwnerId":                   text,
	"Progress":                  text,
	"RestoreExpiryTime":         instant,
	"SnapshotId":                text,
	"SseType":                   text,
	"StartTime":                 instant,
	"State":                     text.named("status"),
	"StateMessage":              text.named("statusMessage"),
	"StorageTier":               text,
	"Tags":                      list("tagSet", group(tagShape)),
	"TransferType":              text,
	"VolumeId":                  text,
	"VolumeSize":                whole,
}

var associatedKmsKeyShape = shape{
	"KmsKeyId": text,
}

var createVolumePermissionShape = shape{
	"Group":  text,
	"UserId": text,
}
