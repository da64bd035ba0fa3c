package awsstub

// What Image Builder sends of recipes.

var imageRecipeSummaryShape = camel(shape{
	"Arn":         text,
	"DateCreated": text,
	"Name":        text,
	"Owner":       text,
	"ParentImage": text,
	"Platform":    text,
	"Tags":        mapOf(text),
})

var imageRecipeShape = camel(shape{
	"AdditionalInstanceConfiguration": group(builderAdditionalInstanceConfigurationShape),
	"AmiTags":                         mapOf(text),
	"AmiWatermarks":                   array(text),
	"Arn":                             text,
	"BlockDeviceMappings":             array(group(builderInstanceBlockDeviceMappingShape)),
	"Components":                      array(group(builderComponentConfigurationShape)),
	"DateCreated":                     text,
	"Description":                     text,
	"Name":                            text,
	"Owner":                           text,
	"ParentImage":                     text,
	"Platform":                        text,
	"Tags":                            mapOf(text),
	"Type":                            text,
	"Version":                         text,
	"WorkingDirectory":                text,
})

var builderComponentConfigurationShape = camel(shape{
	"ComponentArn": text,
	"Parameters":   array(group(builderComponentParameterShape)),
})

var builderComponentParameterShape = camel(shape{
	"Name":  text,
	"Value": array(text),
})

var builderInstanceBlockDeviceMappingShape = camel(shape{
	"DeviceName":  text,
	"Ebs":         group(builderEbsInstanceBlockDeviceSpecificationShape),
	"NoDevice":    text,
	"VirtualName": text,
})

var builderEbsInstanceBlockDeviceSpecificationShape = camel(shape{
	"DeleteOnTermination": flag,
	"Encrypted":           flag,
	"Iops":                whole,
	"KmsKeyId":            text,
	"SnapshotId":          text,
	"Throughput":          whole,
	"VolumeSize":          whole,
	"VolumeType":          text,
})

var builderAdditionalInstanceConfigurationShape = camel(shape{
	"SystemsManagerAgent": group(builderSystemsManagerAgentShape),
	"UserDataOverride":    text,
})

var builderSystemsManagerAgentShape = camel(shape{
	"UninstallAfterBuild": flag,
})

var containerRecipeSummaryShape = camel(shape{
	"Arn":           text,
	"ContainerType": text,
	"DateCreated":   text,
	"InstanceImage": text,
	"Name":          text,
	"Owner":         text,
	"ParentImage":   text,
	"Platform":      text,
	"Tags":          mapOf(text),
})
