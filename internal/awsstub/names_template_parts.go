package awsstub

// What stands in ResponseLaunchTemplateData, apart from its network interfaces and instance requirements.

var templateDeviceShape = shape{
	"DeviceName":  text,
	"Ebs":         group(templateVolumeShape),
	"NoDevice":    text,
	"VirtualName": text,
}

var templateVolumeShape = shape{
	"DeleteOnTermination":      flag,
	"EbsCardIndex":             whole,
	"Encrypted":                flag,
	"Iops":                     whole,
	"KmsKeyId":                 text,
	"SnapshotId":               text,
	"Throughput":               whole,
	"VolumeInitializationRate": whole,
	"VolumeSize":               whole,
	"VolumeType":               text,
}

var capacityReservationShape = shape{
	"CapacityReservationPreference": text,
	"CapacityReservationTarget":     group(capacityTargetShape),
}

var capacityTargetShape = shape{
	"CapacityReservationId":               text,
	"CapacityReservationResourceGroupArn": text,
}

var cpuShape = shape{
	"AmdSevSnp":            text,
	"CoreCount":            whole,
	"NestedVirtualization": text,
	"ThreadsPerCore":       whole,
}

var creditShape = shape{
	"CpuCredits": text,
}

var elasticGPUShape = shape{
	"Type": text,
}

var inferenceAcceleratorShape = shape{
	"Count": whole,
	"Type":  text,
}

var enclaveShape = shape{
	"Enabled": flag,
}

var hibernationShape = shape{
	"Configured": flag,
}

var instanceProfileShape = shape{
	"Arn":  text,
	"Name": text,
}

var marketShape = shape{
	"MarketType":  text,
	"SpotOptions": group(spotShape),
}

var spotShape = shape{
	"BlockDurationMinutes":         whole,
	"InstanceInterruptionBehavior": text,
	"MaxPrice":                     text,
	"SpotInstanceType":             text,
	"ValidUntil":                   instant,
}

var licenseShape = shape{
	"LicenseConfigurationArn": text,
}

var maintenanceShape = shape{
	"AutoRecovery": text,
}

var metadataOptionsShape = shape{
	"HttpEndpoint":            text,
	"HttpProtocolIpv6":        text,
	"HttpPutResponseHopLimit": whole,
	"HttpTokens":              text,
	"InstanceMetadataTags":    text,
	"State":                   text,
}

var monitoringShape = shape{
	"Enabled":           flag,
	"MetricCategoryIds": list("metricCategoryIdSet", text),
}

var networkPerformanceShape = shape{
	"BandwidthWeighting": text,
}

var operatorShape = shape{
	"HiddenByDefault": flag,
	"Managed":         flag,
	"Principal":       text,
}

var placementShape = shape{
	"Affinity":             text,
	"AvailabilityZone":     text,
	"AvailabilityZoneId":   text,
	"GroupId":              text,
	"GroupName":            text,
	"HostId":               text,
	"HostResourceGroupArn": text,
	"PartitionNumber":      whole,
	"SpreadDomain":         text,
	"Tenancy":              text,
}

var privateDNSShape = shape{
	"EnableResourceNameDnsAAAARecord": flag,
	"EnableResourceNameDnsARecord":    flag,
	"HostnameType":                    text,
}

var tagSpecificationShape = shape{
	"ResourceType": text,
	"Tags":         list("tagSet", group(tagShape)),
}
