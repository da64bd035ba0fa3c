package awsstub

// What Image Builder sends of distribution configurations.

var distributionSummaryShape = camel(shape{
	"Arn":         text,
	"DateCreated": text,
	"DateUpdated": text,
	"Description": text,
	"Name":        text,
	"Regions":     array(text),
	"Tags":        mapOf(text),
})

var distributionShape = camel(shape{
	"Arn":            text,
	"DateCreated":    text,
	"DateUpdated":    text,
	"Description":    text,
	"Distributions":  array(group(builderDistributionShape)),
	"Name":           text,
	"Tags":           mapOf(text),
	"TimeoutMinutes": whole,
})

var builderDistributionShape = camel(shape{
	"AmiDistributionConfiguration":       group(builderAmiDistributionConfigurationShape),
	"ContainerDistributionConfiguration": group(builderContainerDistributionConfigurationShape),
	"FastLaunchConfigurations":           array(group(builderFastLaunchConfigurationShape)),
	"LaunchTemplateConfigurations":       array(group(builderLaunchTemplateConfigurationShape)),
	"LicenseConfigurationArns":           array(text),
	"Region":                             text,
	"S3ExportConfiguration":              group(builderS3ExportConfigurationShape),
	"SsmParameterConfigurations":         array(group(builderSsmParameterConfigurationShape)),
})

var builderAmiDistributionConfigurationShape = camel(shape{
	"AmiTags":          mapOf(text),
	"Description":      text,
	"KmsKeyId":         text,
	"LaunchPermission": group(builderLaunchPermissionConfigurationShape),
	"Name":             text,
	"TargetAccountIds": array(text),
})

var builderLaunchPermissionConfigurationShape = camel(shape{
	"OrganizationArns":       array(text),
	"OrganizationalUnitArns": array(text),
	"UserGroups":             array(text),
	"UserIds":                array(text),
})

var builderContainerDistributionConfigurationShape = camel(shape{
	"ContainerTags":    array(text),
	"Description":      text,
	"TargetRepository": group(builderTargetContainerRepositoryShape),
})

var builderTargetContainerRepositoryShape = camel(shape{
	"RepositoryName": text,
	"Service":        text,
})

var builderLaunchTemplateConfigurationShape = camel(shape{
	"AccountId":         text,
	"LaunchTemplateId":  text,
	"SetDefaultVersion": flag,
})

var builderS3ExportConfigurationShape = camel(shape{
	"DiskImageFormat": text,
	"RoleName":        text,
	"S3Bucket":        text,
	"S3Prefix":        text,
})

var builderFastLaunchConfigurationShape = camel(shape{
	"AccountId":             text,
	"Enabled":               flag,
	"LaunchTemplate":        group(builderFastLaunchLaunchTemplateSpecificationShape),
	"MaxParallelLaunches":   whole,
	"SnapshotConfiguration": group(builderFastLaunchSnapshotConfigurationShape),
})

var builderFastLaunchSnapshotConfigurationShape = camel(shape{
	"TargetResourceCount": whole,
})

var builderFastLaunchLaunchTemplateSpecificationShape = camel(shape{
	"LaunchTemplateId":      text,
	"LaunchTemplateName":    text,
	"LaunchTemplateVersion": text,
})

var builderSsmParameterConfigurationShape = camel(shape{
	"AmiAccountId":  text,
	"DataType":      text,
	"ParameterName": text,
})
