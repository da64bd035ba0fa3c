package collect

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/dlm"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/rbin"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/smithy-go/middleware"
)

// clients makes the calls of a region. IAM and Organizations have one endpoint a partition, which the SDK finds.
func (a *Account) clients(region string) clients {
	cfg := a.in(region)
	inXML, inJSON := checked(cfg, genuineXML), checked(cfg, genuineJSON)
	c := clients{organization: a.organization}
	c.useEC2(inXML)
	c.useQuery(inXML)
	c.useJSON(inJSON)
	return c
}

// in is the configuration of a region's clients.
func (a *Account) in(region string) aws.Config {
	cfg := a.config.Copy()
	cfg.Region = region
	return a.pace.in(cfg, a.ID, region)
}

// checked is a configuration whose clients refuse what is no answer.
func checked(cfg aws.Config, check func(*middleware.Stack) error) aws.Config {
	cfg = cfg.Copy()
	cfg.APIOptions = append(slices.Clone(cfg.APIOptions), check)
	return cfg
}

// useEC2 holds the operations of EC2, which answers in XML as well, but speaks a protocol of its own.
func (c *clients) useEC2(cfg aws.Config) {
	compute := ec2.NewFromConfig(cfg)
	c.DescribeImages = compute.DescribeImages
	c.DescribeImageAttribute = compute.DescribeImageAttribute
	c.DescribeSnapshots = compute.DescribeSnapshots
	c.DescribeSnapshotAttribute = compute.DescribeSnapshotAttribute
	c.DescribeLaunchTemplateVersions = compute.DescribeLaunchTemplateVersions
	c.GetImageBlockPublicAccessState = compute.GetImageBlockPublicAccessState
	c.GetSnapshotBlockPublicAccessState = compute.GetSnapshotBlockPublicAccessState
	c.GetEbsEncryptionByDefault = compute.GetEbsEncryptionByDefault
	c.GetEbsDefaultKmsKeyId = compute.GetEbsDefaultKmsKeyId
	c.GetInstanceMetadataDefaults = compute.GetInstanceMetadataDefaults
	c.GetAllowedImagesSettings = compute.GetAllowedImagesSettings
	c.GetSerialConsoleAccessStatus = compute.GetSerialConsoleAccessStatus
	c.DescribeFleets = compute.DescribeFleets
	c.DescribeSpotFleetRequests = compute.DescribeSpotFleetRequests
	c.DescribeInstanceImageMetadata = compute.DescribeInstanceImageMetadata
	c.DescribeInstanceTypes = compute.DescribeInstanceTypes
	c.DescribeInstanceTypeOfferings = compute.DescribeInstanceTypeOfferings
	c.DescribeSecurityGroups = compute.DescribeSecurityGroups
	c.DescribeSubnets = compute.DescribeSubnets
	c.DescribeKeyPairs = compute.DescribeKeyPairs
	c.ListImagesInRecycleBin = compute.ListImagesInRecycleBin
	c.ListSnapshotsInRecycleBin = compute.ListSnapshotsInRecycleBin
	c.GetImageAncestry = compute.GetImageAncestry
	c.DescribeImageReferences = compute.DescribeImageReferences
	c.DescribeImageUsageReports = compute.DescribeImageUsageReports
	c.DescribeImageUsageReportEntries = compute.DescribeImageUsageReportEntries
	c.GetImageFindings = compute.GetImageFindings
	c.DescribeStoreImageTasks = compute.DescribeStoreImageTasks
	c.DescribeExportImageTasks = compute.DescribeExportImageTasks
	c.DescribeFastLaunchImages = compute.DescribeFastLaunchImages
	c.DescribeSnapshotTierStatus = compute.DescribeSnapshotTierStatus
	c.DescribeLockedSnapshots = compute.DescribeLockedSnapshots
	c.DescribeRegions = compute.DescribeRegions
}

// useQuery holds the operations of the services that speak the query protocol and answer in XML.
func (c *clients) useQuery(cfg aws.Config) {
	groups := autoscaling.NewFromConfig(cfg)
	c.DescribeAutoScalingGroups = groups.DescribeAutoScalingGroups
	c.DescribeLaunchConfigurations = groups.DescribeLaunchConfigurations

	c.GetInstanceProfile = iam.NewFromConfig(cfg).GetInstanceProfile
}

// useJSON holds the operations of the services that answer in JSON.
func (c *clients) useJSON(cfg aws.Config) {
	keys := kms.NewFromConfig(cfg)
	c.GetKeyPolicy = keys.GetKeyPolicy
	c.GetKeyRotationStatus = keys.GetKeyRotationStatus
	c.ListGrants = keys.ListGrants
	c.DescribeKey = keys.DescribeKey

	parameters := ssm.NewFromConfig(cfg)
	c.DescribeParameters = parameters.DescribeParameters
	c.GetParameters = parameters.GetParameters

	builder := imagebuilder.NewFromConfig(cfg)
	c.ListImageRecipes = builder.ListImageRecipes
	c.GetImageRecipe = builder.GetImageRecipe
	c.ListContainerRecipes = builder.ListContainerRecipes
	c.ListImagePipelines = builder.ListImagePipelines
	c.ListDistributionConfigurations = builder.ListDistributionConfigurations
	c.GetDistributionConfiguration = builder.GetDistributionConfiguration
	c.ListInfrastructureConfigurations = builder.ListInfrastructureConfigurations
	c.GetInfrastructureConfiguration = builder.GetInfrastructureConfiguration
	c.ListLifecyclePolicies = builder.ListLifecyclePolicies

	lifecycles := dlm.NewFromConfig(cfg)
	c.GetLifecyclePolicies = lifecycles.GetLifecyclePolicies
	c.GetLifecyclePolicy = lifecycles.GetLifecyclePolicy

	bin := rbin.NewFromConfig(cfg)
	c.ListRules = bin.ListRules
	c.GetRule = bin.GetRule

	trails := cloudtrail.NewFromConfig(cfg)
	c.DescribeTrails = trails.DescribeTrails
	c.GetTrailStatus = trails.GetTrailStatus
	c.GetEventSelectors = trails.GetEventSelectors

	directory := organizations.NewFromConfig(cfg)
	c.DescribeOrganization = directory.DescribeOrganization
	c.ListAccounts = directory.ListAccounts
	c.ListRoots = directory.ListRoots
	c.ListOrganizationalUnitsForParent = directory.ListOrganizationalUnitsForParent
	c.ListAccountsForParent = directory.ListAccountsForParent
	c.ListTagsForResource = directory.ListTagsForResource
}
