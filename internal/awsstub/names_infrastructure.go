package awsstub

// What Image Builder sends of infrastructure configurations.

var infrastructureSummaryShape = camel(shape{
	"Arn":                 text,
	"DateCreated":         text,
	"DateUpdated":         text,
	"Description":         text,
	"InstanceProfileName": text,
	"InstanceTypes":       array(text),
	"Name":                text,
	"Placement":           group(builderPlacementShape),
	"ResourceTags":        mapOf(text),
	"Tags":                mapOf(text),
})

var builderPlacementShape = camel(shape{
	"AvailabilityZone":     text,
	"HostId":               text,
	"HostResourceGroupArn": text,
	"Tenancy":              text,
})

var infrastructureShape = camel(shape{
	"Arn":                           text,
	"DateCreated":                   text,
	"DateUpdated":                   text,
	"Description":                   text,
	"InstanceMetadataOptions":       group(builderInstanceMetadataOptionsShape),
	"InstanceProfileName":           text,
	"InstanceTypes":                 array(text),
	"KeyPair":                       text,
	"Logging":                       group(builderLoggingShape),
	"Name":                          text,
	"ParentInstance":                group(builderParentInstanceConfigurationShape),
	"Placement":                     group(builderPlacementShape),
	"ResourceTags":                  mapOf(text),
	"SecurityGroupIds":              array(text),
	"SnsTopicArn":                   text,
	"SubnetId":                      text,
	"Tags":                          mapOf(text),
	"TerminateInstanceOnCompletion": flag,
	"TerminateInstanceOnFailure":    flag,
})

var builderLoggingShape = camel(shape{
	"S3Logs": group(builderS3LogsShape),
})

var builderS3LogsShape = camel(shape{
	"S3BucketName": text,
	"S3KeyPrefix":  text,
})

var builderInstanceMetadataOptionsShape = camel(shape{
	"HttpPutResponseHopLimit": whole,
	"HttpTokens":              text,
})

var builderParentInstanceConfigurationShape = camel(shape{
	"AutoScalingGroup": group(builderAutoScalingGroupConfigurationShape),
})

var builderAutoScalingGroupConfigurationShape = camel(shape{
	"CapacityWaitTimeoutSeconds": whole,
	"Name":                       text,
})
