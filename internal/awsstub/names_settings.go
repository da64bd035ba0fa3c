package awsstub

// The settings of an account in a region: types.InstanceMetadataDefaultsResponse and types.ImageCriterion.

var imageCriterionShape = shape{
	"CreationDateCondition":    group(creationDateConditionShape),
	"DeprecationTimeCondition": group(deprecationTimeConditionShape),
	"ImageNames":               list("imageNameSet", text),
	"ImageProviders":           list("imageProviderSet", text),
	"ImageWatermarks":          list("imageWatermarkSet", group(imageWatermarkFilterShape)),
	"MarketplaceProductCodes":  list("marketplaceProductCodeSet", text),
	"ScanResultCondition":      group(scanResultConditionShape),
}

var scanResultConditionShape = shape{
	"MaxDaysSinceCriticalFixAvailable":      whole,
	"MaxDaysSinceHighFixAvailable":          whole,
	"MaxDaysSinceInformationalFixAvailable": whole,
	"MaxDaysSinceLastFindingScan":           whole,
	"MaxDaysSinceLowFixAvailable":           whole,
	"MaxDaysSinceMediumFixAvailable":        whole,
	"MaximumSeverityLabel":                  text,
}

var imageWatermarkFilterShape = shape{
	"MaximumDaysSinceSourceImageCreated": whole,
	"MaximumDaysSinceWatermarkCreated":   whole,
	"SourceImageRegion":                  text,
	"WatermarkKey":                       text,
}

var deprecationTimeConditionShape = shape{
	"MaximumDaysSinceDeprecated": whole,
}

var creationDateConditionShape = shape{
	"MaximumDaysSinceCreated": whole,
}

var metadataDefaultsShape = shape{
	"HttpEndpoint":            text,
	"HttpPutResponseHopLimit": whole,
	"HttpTokens":              text,
	"HttpTokensEnforced":      text,
	"InstanceMetadataTags":    text,
	"ManagedBy":               text,
	"ManagedExceptionMessage": text,
}
