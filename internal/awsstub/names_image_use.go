package awsstub

// What EC2 says of an image in calls of their own.

var imageAncestryEntryShape = shape{
	"CreationDate":      instant,
	"ImageId":           text,
	"ImageOwnerAlias":   text,
	"SourceImageId":     text,
	"SourceImageRegion": text,
}

var imageReferenceShape = shape{
	"Arn":          text,
	"ImageId":      text,
	"ResourceType": text,
}

var usageReportShape = shape{
	"AccountIds":     list("accountIdSet", text),
	"CreationTime":   instant,
	"ExpirationTime": instant,
	"ImageId":        text,
	"ReportId":       text,
	"ResourceTypes":  list("resourceTypeSet", group(usageResourceTypeShape)),
	"State":          text,
	"StateReason":    text,
	"Tags":           list("tagSet", group(tagShape)),
}

var usageResourceTypeShape = shape{
	"ResourceType":        text,
	"ResourceTypeOptions": list("resourceTypeOptionSet", group(usageResourceOptionShape)),
}

var usageResourceOptionShape = shape{
	"OptionName":   text,
	"OptionValues": list("optionValueSet", text),
}

var usageReportEntryShape = shape{
	"AccountId":          text,
	"ImageId":            text,
	"ReportCreationTime": instant,
	"ReportId":           text,
	"ResourceType":       text,
	"UsageCount":         whole,
}

var imageFindingShape = shape{
	"FirstObservedAt": instant,
	"FixAvailable":    flag,
	"Paths":           list("pathSet", text),
	"Score":           decimal,
	"SeverityLabel":   text,
	"SnapshotId":      text,
	"Title":           text,
	"UpdatedAt":       instant,
}

var fastLaunchShape = shape{
	"ImageId":               text,
	"LaunchTemplate":        group(templateReferenceShape),
	"MaxParallelLaunches":   whole,
	"OwnerId":               text,
	"ResourceType":          text,
	"SnapshotConfiguration": group(fastLaunchSnapshotsShape),
	"State":                 text,
	"StateTransitionReason": text,
	"StateTransitionTime":   instant,
}

var fastLaunchSnapshotsShape = shape{
	"TargetResourceCount": whole,
}

var storeTaskShape = shape{
	"AmiId":                  text,
	"Bucket":                 text,
	"ProgressPercentage":     whole,
	"S3objectKey":            text,
	"StoreTaskFailureReason": text,
	"StoreTaskState":         text,
	"TaskStartTime":          instant,
}

var exportTaskShape = shape{
	"Description":       text,
	"ExportImageTaskId": text,
	"ImageId":           text,
	"Progress":          text,
	"S3ExportLocation":  group(exportLocationShape),
	"Status":            text,
	"StatusMessage":     text,
	"Tags":              list("tagSet", group(tagShape)),
}

var exportLocationShape = shape{
	"S3Bucket": text,
	"S3Prefix": text,
}
