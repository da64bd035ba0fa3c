package awsstub

// The members of types.InstanceImageMetadata: what an instance was launched from.

var instanceImageShape = shape{
	"AvailabilityZone": text,
	"ImageMetadata":    group(imageMetadataShape),
	"InstanceId":       text,
	"InstanceType":     text,
	"LaunchTime":       instant,
	"Operator":         group(operatorShape),
	"OwnerId":          text.named("instanceOwnerId"),
	"State":            group(instanceStateShape).named("instanceState"),
	"Tags":             list("tagSet", group(tagShape)),
	"ZoneId":           text,
}

var instanceStateShape = shape{
	"Code": whole,
	"Name": text,
}

var imageMetadataShape = shape{
	"CreationDate":    text,
	"DeprecationTime": text,
	"ImageAllowed":    flag,
	"ImageId":         text,
	"ImageOwnerAlias": text,
	"ImageWatermarks": list("imageWatermarkSet", group(imageWatermarkShape)),
	"IsPublic":        flag,
	"Name":            text,
	"OwnerId":         text.named("imageOwnerId"),
	"State":           text.named("imageState"),
}
