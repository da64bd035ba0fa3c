package awsstub

// The members of Auto Scaling's types.LaunchConfiguration. The query protocol names elements as the AWS CLI prints
// them.

var launchConfigurationShape = asWritten(shape{
	"AssociatePublicIpAddress":     flag,
	"BlockDeviceMappings":          members(group(configurationDeviceShape)),
	"ClassicLinkVPCId":             text,
	"ClassicLinkVPCSecurityGroups": members(text),
	"CreatedTime":                  instant,
	"EbsOptimized":                 flag,
	"IamInstanceProfile":           text,
	"ImageId":                      text,
	"InstanceMonitoring":           group(configurationMonitoringShape),
	"InstanceType":                 text,
	"KernelId":                     text,
	"KeyName":                      text,
	"LaunchConfigurationARN":       text,
	"LaunchConfigurationName":      text,
	"MetadataOptions":              group(configurationMetadataShape),
	"PlacementTenancy":             text,
	"RamdiskId":                    text,
	"SecurityGroups":               members(text),
	"SpotPrice":                    text,
	"UserData":                     text,
})

var configurationMetadataShape = asWritten(shape{
	"HttpEndpoint":            text,
	"HttpPutResponseHopLimit": whole,
	"HttpTokens":              text,
})

var configurationMonitoringShape = asWritten(shape{
	"Enabled": flag,
})

var configurationDeviceShape = asWritten(shape{
	"DeviceName":  text,
	"Ebs":         group(configurationVolumeShape),
	"NoDevice":    flag,
	"VirtualName": text,
})

var configurationVolumeShape = asWritten(shape{
	"DeleteOnTermination": flag,
	"Encrypted":           flag,
	"Iops":                whole,
	"SnapshotId":          text,
	"Throughput":          whole,
	"VolumeSize":          whole,
	"VolumeType":          text,
})
