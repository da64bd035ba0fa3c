package awsstub

// The members of types.InstanceTypeInfo and of what stands in it, and of types.InstanceTypeOffering.

var instanceTypeShape = shape{
	"AutoRecoverySupported":         flag,
	"BareMetal":                     flag,
	"BurstablePerformanceSupported": flag,
	"CurrentGeneration":             flag,
	"DedicatedHostsSupported":       flag,
	"EbsInfo":                       group(ebsInfoShape),
	"FpgaInfo":                      group(fpgaInfoShape),
	"FreeTierEligible":              flag,
	"GpuInfo":                       group(gpuInfoShape),
	"HibernationSupported":          flag,
	"Hypervisor":                    text,
	"InferenceAcceleratorInfo":      group(inferenceAcceleratorInfoShape),
	"InstanceStorageInfo":           group(instanceStorageInfoShape),
	"InstanceStorageSupported":      flag,
	"InstanceType":                  text,
	"MediaAcceleratorInfo":          group(mediaAcceleratorInfoShape),
	"MemoryInfo":                    group(deviceMemoryShape),
	"NetworkInfo":                   group(networkInfoShape),
	"NeuronInfo":                    group(neuronInfoShape),
	"NitroEnclavesSupport":          text,
	"NitroTpmInfo":                  group(nitroTpmInfoShape),
	"NitroTpmSupport":               text,
	"PhcSupport":                    text,
	"PlacementGroupInfo":            group(placementGroupInfoShape),
	"ProcessorInfo":                 group(processorInfoShape),
	"RebootMigrationSupport":        text,
	"SupportedBootModes":            list("supportedBootModes", text),
	"SupportedInRegion":             flag,
	"SupportedRootDeviceTypes":      list("supportedRootDeviceTypes", text),
	"SupportedUsageClasses":         list("supportedUsageClasses", text),
	"SupportedVirtualizationTypes":  list("supportedVirtualizationTypes", text),
	"VCpuInfo":                      group(virtualCPUShape),
}

var virtualCPUShape = shape{
	"DefaultCores":          whole,
	"DefaultThreadsPerCore": whole,
	"DefaultVCpus":          whole,
	"ValidCores":            list("validCores", whole),
	"ValidThreadsPerCore":   list("validThreadsPerCore", whole),
}

var processorInfoShape = shape{
	"Manufacturer":             text,
	"SupportedArchitectures":   list("supportedArchitectures", text),
	"SupportedFeatures":        list("supportedFeatures", text),
	"SustainedClockSpeedInGhz": decimal,
}

var placementGroupInfoShape = shape{
	"SupportedStrategies": list("supportedStrategies", text),
}

var nitroTpmInfoShape = shape{
	"SupportedVersions": list("supportedVersions", text),
}

var neuronInfoShape = shape{
	"NeuronDevices":                list("neuronDevices", group(neuronDeviceInfoShape)),
	"TotalNeuronDeviceMemoryInMiB": whole,
}

var neuronDeviceInfoShape = shape{
	"CoreInfo":   group(neuronDeviceCoreInfoShape),
	"Count":      whole,
	"MemoryInfo": group(deviceMemoryShape),
	"Name":       text,
}

var neuronDeviceCoreInfoShape = shape{
	"Count":   whole,
	"Version": whole,
}

var networkInfoShape = shape{
	"BandwidthWeightings":                list("bandwidthWeightings", text),
	"ConnectionTrackingConfiguration":    group(defaultConnectionTrackingShape),
	"DefaultNetworkCardIndex":            whole,
	"EfaInfo":                            group(efaInfoShape),
	"EfaSupported":                       flag,
	"EnaSrdSupported":                    flag,
	"EnaSupport":                         text,
	"EncryptionInTransitSupported":       flag,
	"FlexibleEnaQueuesSupport":           text,
	"Ipv4AddressesPerInterface":          whole,
	"Ipv4AddressesPerSecondaryInterface": whole,
	"Ipv6AddressesPerInterface":          whole,
	"Ipv6Supported":                      flag,
	"MaximumNetworkCards":                whole,
	"MaximumNetworkInterfaces":           whole,
	"MaximumSecondaryNetworkInterfaces":  whole,
	"NetworkCards":                       list("networkCards", group(networkCardInfoShape)),
	"NetworkPerformance":                 text,
	"SecondaryNetworkSupported":          flag,
}

var networkCardInfoShape = shape{
	"AdditionalFlexibleNetworkInterfaces": whole,
	"BaselineBandwidthInGbps":             decimal,
	"DefaultEnaQueueCountPerInterface":    whole,
	"InterfaceTypes":                      list("interfaceTypeSet", text),
	"MaximumEnaQueueCount":                whole,
	"MaximumEnaQueueCountPerInterface":    whole,
	"MaximumNetworkInterfaces":            whole,
	"NetworkCardIndex":                    whole,
	"NetworkPerformance":                  text,
	"PeakBandwidthInGbps":                 decimal,
}

var efaInfoShape = shape{
	"MaximumEfaInterfaces": whole,
}

var defaultConnectionTrackingShape = shape{
	"DefaultTcpEstablishedTimeout": whole,
	"DefaultUdpStreamTimeout":      whole,
	"DefaultUdpTimeout":            whole,
}

var mediaAcceleratorInfoShape = shape{
	"Accelerators":          list("accelerators", group(acceleratorShape)),
	"TotalMediaMemoryInMiB": whole,
}

var instanceStorageInfoShape = shape{
	"Disks":             list("disks", group(diskInfoShape)),
	"EncryptionSupport": text,
	"NvmeSupport":       text,
	"TotalSizeInGB":     whole,
}

var diskInfoShape = shape{
	"Count":    whole,
	"SizeInGB": whole,
	"Type":     text,
}

var inferenceAcceleratorInfoShape = shape{
	"Accelerators":              list("accelerators", group(acceleratorShape).named("member")),
	"TotalInferenceMemoryInMiB": whole,
}

var gpuInfoShape = shape{
	"Gpus":                list("gpus", group(gpuDeviceInfoShape)),
	"TotalGpuMemoryInMiB": whole,
}

var gpuDeviceInfoShape = shape{
	"Count":            whole,
	"GpuPartitionSize": decimal,
	"LogicalGpuCount":  whole,
	"Manufacturer":     text,
	"MemoryInfo":       group(deviceMemoryShape),
	"Name":             text,
	"Workloads":        list("workloadSet", text),
}

var fpgaInfoShape = shape{
	"Fpgas":                list("fpgas", group(acceleratorShape)),
	"TotalFpgaMemoryInMiB": whole,
}

var acceleratorShape = shape{
	"Count":        whole,
	"Manufacturer": text,
	"MemoryInfo":   group(deviceMemoryShape),
	"Name":         text,
}

var deviceMemoryShape = shape{
	"SizeInMiB": whole,
}

var ebsInfoShape = shape{
	"AttachmentLimitType":   text,
	"EbsCards":              list("ebsCardSet", group(ebsCardInfoShape)),
	"EbsOptimizedInfo":      group(ebsOptimizedInfoShape),
	"EbsOptimizedSupport":   text,
	"EncryptionSupport":     text,
	"MaximumEbsAttachments": whole,
	"MaximumEbsCards":       whole,
	"NvmeSupport":           text,
}

var ebsOptimizedInfoShape = shape{
	"BaselineBandwidthInMbps":  whole,
	"BaselineIops":             whole,
	"BaselineThroughputInMBps": decimal,
	"MaximumBandwidthInMbps":   whole,
	"MaximumIops":              whole,
	"MaximumThroughputInMBps":  decimal,
}

var ebsCardInfoShape = shape{
	"BaselineBandwidthInMbps":  whole,
	"BaselineIops":             whole,
	"BaselineThroughputInMBps": decimal,
	"EbsCardIndex":             whole,
	"MaximumBandwidthInMbps":   whole,
	"MaximumIops":              whole,
	"MaximumThroughputInMBps":  decimal,
}

var instanceTypeOfferingShape = shape{
	"InstanceType": text,
	"Location":     text,
	"LocationType": text,
}
