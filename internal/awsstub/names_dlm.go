package awsstub

// What Data Lifecycle Manager sends. Its times are written as the inventory writes them.

var dlmSummaryShape = shape{
	"DefaultPolicy": flag,
	"Description":   text,
	"PolicyId":      text,
	"PolicyType":    text,
	"State":         text,
	"Tags":          mapOf(text),
}

var dlmPolicyShape = shape{
	"DateCreated":      dateTime,
	"DateModified":     dateTime,
	"DefaultPolicy":    flag,
	"Description":      text,
	"ExecutionRoleArn": text,
	"PolicyArn":        text,
	"PolicyDetails":    group(dlmPolicyDetailsShape),
	"PolicyId":         text,
	"State":            text,
	"StatusMessage":    text,
	"Tags":             mapOf(text),
}

var dlmPolicyDetailsShape = shape{
	"Actions":                array(group(dlmActionShape)),
	"CopyTags":               flag,
	"CreateInterval":         whole,
	"CrossRegionCopyTargets": array(group(dlmCrossRegionCopyTargetShape)),
	"EventSource":            group(dlmEventSourceShape),
	"Exclusions":             group(dlmExclusionsShape),
	"ExtendDeletion":         flag,
	"Parameters":             group(dlmParametersShape),
	"PolicyLanguage":         text,
	"PolicyType":             text,
	"ResourceLocations":      array(text),
	"ResourceType":           text,
	"ResourceTypes":          array(text),
	"RetainInterval":         whole,
	"Schedules":              array(group(dlmScheduleShape)),
	"TargetTags":             array(group(tagShape)),
}

var dlmScheduleShape = shape{
	"ArchiveRule":          group(dlmArchiveRuleShape),
	"CopyTags":             flag,
	"CreateRule":           group(dlmCreateRuleShape),
	"CrossRegionCopyRules": array(group(dlmCrossRegionCopyRuleShape)),
	"DeprecateRule":        group(dlmCountShape),
	"FastRestoreRule":      group(dlmFastRestoreRuleShape),
	"Name":                 text,
	"RetainRule":           group(dlmCountShape),
	"ShareRules":           array(group(dlmShareRuleShape)),
	"TagsToAdd":            array(group(tagShape)),
	"VariableTags":         array(group(tagShape)),
}

var dlmCreateRuleShape = shape{
	"CronExpression": text,
	"Interval":       whole,
	"IntervalUnit":   text,
	"Location":       text,
	"Scripts":        array(group(dlmScriptShape)),
	"Times":          array(text),
}

var dlmScriptShape = shape{
	"ExecuteOperationOnScriptFailure": flag,
	"ExecutionHandler":                text,
	"ExecutionHandlerService":         text,
	"ExecutionTimeout":                whole,
	"MaximumRetryCount":               whole,
	"Stages":                          array(text),
}

var dlmCountShape = shape{
	"Count":        whole,
	"Interval":     whole,
	"IntervalUnit": text,
}

var dlmFastRestoreRuleShape = shape{
	"AvailabilityZoneIds": array(text),
	"AvailabilityZones":   array(text),
	"Count":               whole,
	"Interval":            whole,
	"IntervalUnit":        text,
}

var dlmCrossRegionCopyRuleShape = shape{
	"CmkArn":        text,
	"CopyTags":      flag,
	"DeprecateRule": group(dlmIntervalShape),
	"Encrypted":     flag,
	"RetainRule":    group(dlmIntervalShape),
	"Target":        text,
	"TargetRegion":  text,
}

var dlmIntervalShape = shape{
	"Interval":     whole,
	"IntervalUnit": text,
}

var dlmShareRuleShape = shape{
	"TargetAccounts":      array(text),
	"UnshareInterval":     whole,
	"UnshareIntervalUnit": text,
}

var dlmArchiveRuleShape = shape{
	"RetainRule": group(dlmArchiveRetainRuleShape),
}

var dlmArchiveRetainRuleShape = shape{
	"RetentionArchiveTier": group(dlmCountShape),
}

var dlmParametersShape = shape{
	"ExcludeBootVolume":     flag,
	"ExcludeDataVolumeTags": array(group(tagShape)),
	"NoReboot":              flag,
}

var dlmEventSourceShape = shape{
	"Parameters": group(dlmEventParametersShape),
	"Type":       text,
}

var dlmEventParametersShape = shape{
	"DescriptionRegex": text,
	"EventType":        text,
	"SnapshotOwner":    array(text),
}

var dlmActionShape = shape{
	"CrossRegionCopy": array(group(dlmCrossRegionCopyActionShape)),
	"Name":            text,
}

var dlmCrossRegionCopyActionShape = shape{
	"EncryptionConfiguration": group(dlmEncryptionConfigurationShape),
	"RetainRule":              group(dlmIntervalShape),
	"Target":                  text,
}

var dlmEncryptionConfigurationShape = shape{
	"CmkArn":    text,
	"Encrypted": flag,
}

var dlmCrossRegionCopyTargetShape = shape{
	"TargetRegion": text,
}

var dlmExclusionsShape = shape{
	"ExcludeBootVolumes": flag,
	"ExcludeTags":        array(group(tagShape)),
	"ExcludeVolumeTypes": array(text),
}
