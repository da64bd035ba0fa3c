package awsstub

// The members of types.Image and of what stands in it. An image calls its owner imageOwnerId and its state imageState.

var imageShape = shape{
	"Architecture":              text,
	"BlockDeviceMappings":       list("blockDeviceMapping", group(deviceShape)),
	"BootMode":                  text,
	"CreationDate":              text,
	"DeprecationTime":           text,
	"DeregistrationProtection":  text,
	"Description":               text,
	"EnaSupport":                flag,
	"FreeTierEligible":          flag,
	"Hypervisor":                text,
	"ImageAllowed":              flag,
	"ImageId":                   text,
	"ImageLocation":             text,
	"ImageOwnerAlias":           text,
	"ImageType":                 text,
	"ImageWatermarks":           list("imageWatermarkSet", group(imageWatermarkShape)),
	"ImdsSupport":               text,
	"InstanceTypeSpecification": group(instanceTypeSpecificationShape),
	"KernelId":                  text,
	"LastLaunchedTime":          text,
	"Name":                      text,
	"OwnerId":                   text.named("imageOwnerId"),
	"Platform":                  text,
	"PlatformDetails":           text,
	"ProductCodes":              list("productCodes", group(productCodeShape)),
	"Public":                    flag.named("isPublic"),
	"PublicSsmParameterName":    text,
	"RamdiskId":                 text,
	"RootDeviceName":            text,
	"RootDeviceType":            text,
	"ScanResults":               group(scanResultsShape),
	"SourceImageId":             text,
	"SourceImageRegion":         text,
	"SourceInstanceId":          text,
	"SriovNetSupport":           text,
	"State":                     text.named("imageState"),
	"StateReason":               group(stateReasonShape),
	"Tags":                      list("tagSet", group(tagShape)),
	"TpmSupport":                text,
	"UsageOperation":            text,
	"VirtualizationType":        text,
}

var deviceShape = shape{
	"DeviceName":  text,
	"Ebs":         group(volumeShape),
	"NoDevice":    text,
	"VirtualName": text,
}

var volumeShape = shape{
	"AvailabilityZone":         text,
	"AvailabilityZoneId":       text.named("AvailabilityZoneId"),
	"DeleteOnTermination":      flag,
	"EbsCardIndex":             whole.named("EbsCardIndex"),
	"Encrypted":                flag,
	"Iops":                     whole,
	"KmsKeyId":                 text,
	"OutpostArn":               text,
	"SnapshotId":               text,
	"Throughput":               whole,
	"VolumeInitializationRate": whole.named("VolumeInitializationRate"),
	"VolumeSize":               whole,
	"VolumeType":               text,
}

var imageWatermarkShape = shape{
	"SourceImageCreationTime": instant,
	"SourceImageId":           text,
	"SourceImageRegion":       text,
	"WatermarkCreationTime":   instant,
	"WatermarkKey":            text,
}

var scanResultsShape = shape{
	"CriticalFixAvailableSince":      instant,
	"FindingScanDate":                instant,
	"HighFixAvailableSince":          instant,
	"HighestFindingSeverityLabel":    text,
	"InformationalFixAvailableSince": instant,
	"LowFixAvailableSince":           instant,
	"MediumFixAvailableSince":        instant,
}

var instanceTypeSpecificationShape = shape{
	"SupportedInstanceTypes":   list("supportedInstanceTypeSet", group(instanceTypeItemShape)),
	"UnsupportedInstanceTypes": list("unsupportedInstanceTypeSet", group(instanceTypeItemShape)),
}

var instanceTypeItemShape = shape{
	"InstanceType": text,
}

var productCodeShape = shape{
	"ProductCodeId":   text.named("productCode"),
	"ProductCodeType": text.named("type"),
}

var stateReasonShape = shape{
	"Code":    text,
	"Message": text,
}

var tagShape = shape{
	"Key":   text,
	"Value": text,
}

var launchPermissionShape = shape{
	"Group":                 text,
	"OrganizationArn":       text,
	"OrganizationalUnitArn": text,
	"UserId":                text,
}
