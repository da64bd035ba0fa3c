package awsstub

// What CloudTrail sends of trails.

var trailShape = shape{
	"CloudWatchLogsLogGroupArn":  text,
	"CloudWatchLogsRoleArn":      text,
	"HasCustomEventSelectors":    flag,
	"HasInsightSelectors":        flag,
	"HomeRegion":                 text,
	"IncludeGlobalServiceEvents": flag,
	"IsMultiRegionTrail":         flag,
	"IsOrganizationTrail":        flag,
	"KmsKeyId":                   text,
	"LogFileValidationEnabled":   flag,
	"Name":                       text,
	"RecursiveLogging":           flag,
	"S3BucketName":               text,
	"S3KeyPrefix":                text,
	"SnsTopicARN":                text,
	"SnsTopicName":               text,
	"TrailARN":                   text,
}

var trailStatusShape = shape{
	"IsLogging":                          flag,
	"LatestCloudWatchLogsDeliveryError":  text,
	"LatestCloudWatchLogsDeliveryTime":   instant,
	"LatestDeliveryAttemptSucceeded":     text,
	"LatestDeliveryAttemptTime":          text,
	"LatestDeliveryError":                text,
	"LatestDeliveryTime":                 instant,
	"LatestDigestDeliveryError":          text,
	"LatestDigestDeliveryTime":           instant,
	"LatestNotificationAttemptSucceeded": text,
	"LatestNotificationAttemptTime":      text,
	"LatestNotificationError":            text,
	"LatestNotificationTime":             instant,
	"StartLoggingTime":                   instant,
	"StopLoggingTime":                    instant,
	"TimeLoggingStarted":                 text,
	"TimeLoggingStopped":                 text,
}

var trailEventSelectorsShape = shape{
	"AdvancedEventSelectors": array(group(advancedEventSelectorShape)),
	"EventSelectors":         array(group(eventSelectorShape)),
	"TrailARN":               text,
}

var eventSelectorShape = shape{
	"DataResources":                 array(group(dataResourceShape)),
	"ExcludeManagementEventSources": array(text),
	"IncludeManagementEvents":       flag,
	"ReadWriteType":                 text,
}

var dataResourceShape = shape{
	"Type":   text,
	"Values": array(text),
}

var advancedEventSelectorShape = shape{
	"FieldSelectors": array(group(advancedFieldSelectorShape)),
	"Name":           text,
}

var advancedFieldSelectorShape = shape{
	"EndsWith":      array(text),
	"Equals":        array(text),
	"Field":         text,
	"NotEndsWith":   array(text),
	"NotEquals":     array(text),
	"NotStartsWith": array(text),
	"StartsWith":    array(text),
}
