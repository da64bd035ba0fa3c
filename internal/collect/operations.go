package collect

import (
	"context"

	"github.com/amiscan/amiscan/internal/inventory"
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
)

// operation is one call of an AWS client. Clients are held as single operations and not as interfaces: a client that is
// seen through an interface brings all its operations into the binary, seven hundred for EC2.
type operation[In, Out, Options any] func(context.Context, *In, ...func(*Options)) (*Out, error)

// clients is every call that amiscan makes of one unit; all of them read.
type clients struct {
	DescribeRegions operation[
		ec2.DescribeRegionsInput, ec2.DescribeRegionsOutput, ec2.Options]
	DescribeImages operation[
		ec2.DescribeImagesInput, ec2.DescribeImagesOutput, ec2.Options]
	DescribeImageAttribute operation[
		ec2.DescribeImageAttributeInput, ec2.DescribeImageAttributeOutput, ec2.Options]
	DescribeSnapshots operation[
		ec2.DescribeSnapshotsInput, ec2.DescribeSnapshotsOutput, ec2.Options]
	DescribeSnapshotAttribute operation[
		ec2.DescribeSnapshotAttributeInput, ec2.DescribeSnapshotAttributeOutput, ec2.Options]
	DescribeLaunchTemplateVersions operation[
		ec2.DescribeLaunchTemplateVersionsInput, ec2.DescribeLaunchTemplateVersionsOutput, ec2.Options]
	GetImageBlockPublicAccessState operation[
		ec2.GetImageBlockPublicAccessStateInput, ec2.GetImageBlockPublicAccessStateOutput, ec2.Options]
	GetSnapshotBlockPublicAccessState operation[
		ec2.GetSnapshotBlockPublicAccessStateInput, ec2.GetSnapshotBlockPublicAccessStateOutput, ec2.Options]
	GetEbsEncryptionByDefault operation[
		ec2.GetEbsEncryptionByDefaultInput, ec2.GetEbsEncryptionByDefaultOutput, ec2.Options]
	GetEbsDefaultKmsKeyId operation[
		ec2.GetEbsDefaultKmsKeyIdInput, ec2.GetEbsDefaultKmsKeyIdOutput, ec2.Options]
	GetInstanceMetadataDefaults operation[
		ec2.GetInstanceMetadataDefaultsInput, ec2.GetInstanceMetadataDefaultsOutput, ec2.Options]
	GetAllowedImagesSettings operation[
		ec2.GetAllowedImagesSettingsInput, ec2.GetAllowedImagesSettingsOutput, ec2.Options]
	GetSerialConsoleAccessStatus operation[
		ec2.GetSerialConsoleAccessStatusInput, ec2.GetSerialConsoleAccessStatusOutput, ec2.Options]
	DescribeFleets operation[
		ec2.DescribeFleetsInput, ec2.DescribeFleetsOutput, ec2.Options]
	DescribeSpotFleetRequests operation[
		ec2.DescribeSpotFleetRequestsInput, ec2.DescribeSpotFleetRequestsOutput, ec2.Options]
	DescribeInstanceImageMetadata operation[
		ec2.DescribeInstanceImageMetadataInput, ec2.DescribeInstanceImageMetadataOutput, ec2.Options]
	DescribeInstanceTypes operation[
		ec2.DescribeInstanceTypesInput, ec2.DescribeInstanceTypesOutput, ec2.Options]
	DescribeInstanceTypeOfferings operation[
		ec2.DescribeInstanceTypeOfferingsInput, ec2.DescribeInstanceTypeOfferingsOutput, ec2.Options]
	DescribeSecurityGroups operation[
		ec2.DescribeSecurityGroupsInput, ec2.DescribeSecurityGroupsOutput, ec2.Options]
	DescribeSubnets operation[
		ec2.DescribeSubnetsInput, ec2.DescribeSubnetsOutput, ec2.Options]
	DescribeKeyPairs operation[
		ec2.DescribeKeyPairsInput, ec2.DescribeKeyPairsOutput, ec2.Options]
	ListImagesInRecycleBin operation[
		ec2.ListImagesInRecycleBinInput, ec2.ListImagesInRecycleBinOutput, ec2.Options]
	ListSnapshotsInRecycleBin operation[
		ec2.ListSnapshotsInRecycleBinInput, ec2.ListSnapshotsInRecycleBinOutput, ec2.Options]
	GetImageAncestry operation[
		ec2.GetImageAncestryInput, ec2.GetImageAncestryOutput, ec2.Options]
	DescribeImageReferences operation[
		ec2.DescribeImageReferencesInput, ec2.DescribeImageReferencesOutput, ec2.Options]
	DescribeImageUsageReports operation[
		ec2.DescribeImageUsageReportsInput, ec2.DescribeImageUsageReportsOutput, ec2.Options]
	DescribeImageUsageReportEntries operation[
		ec2.DescribeImageUsageReportEntriesInput, ec2.DescribeImageUsageReportEntriesOutput, ec2.Options]
	GetImageFindings operation[
		ec2.GetImageFindingsInput, ec2.GetImageFindingsOutput, ec2.Options]
	DescribeStoreImageTasks operation[
		ec2.DescribeStoreImageTasksInput, ec2.DescribeStoreImageTasksOutput, ec2.Options]
	DescribeExportImageTasks operation[
		ec2.DescribeExportImageTasksInput, ec2.DescribeExportImageTasksOutput, ec2.Options]
	DescribeFastLaunchImages operation[
		ec2.DescribeFastLaunchImagesInput, ec2.DescribeFastLaunchImagesOutput, ec2.Options]
	DescribeSnapshotTierStatus operation[
		ec2.DescribeSnapshotTierStatusInput, ec2.DescribeSnapshotTierStatusOutput, ec2.Options]
	DescribeLockedSnapshots operation[
		ec2.DescribeLockedSnapshotsInput, ec2.DescribeLockedSnapshotsOutput, ec2.Options]

	DescribeAutoScalingGroups operation[
		autoscaling.DescribeAutoScalingGroupsInput, autoscaling.DescribeAutoScalingGroupsOutput, autoscaling.Options]
	DescribeLaunchConfigurations operation[
		autoscaling.DescribeLaunchConfigurationsInput, autoscaling.DescribeLaunchConfigurationsOutput, autoscaling.Options]

	GetInstanceProfile operation[
		iam.GetInstanceProfileInput, iam.GetInstanceProfileOutput, iam.Options]

	GetKeyPolicy operation[
		kms.GetKeyPolicyInput, kms.GetKeyPolicyOutput, kms.Options]
	GetKeyRotationStatus operation[
		kms.GetKeyRotationStatusInput, kms.GetKeyRotationStatusOutput, kms.Options]
	ListGrants operation[
		kms.ListGrantsInput, kms.ListGrantsOutput, kms.Options]
	DescribeKey operation[
		kms.DescribeKeyInput, kms.DescribeKeyOutput, kms.Options]

	DescribeParameters operation[
		ssm.DescribeParametersInput, ssm.DescribeParametersOutput, ssm.Options]
	GetParameters operation[
		ssm.GetParametersInput, ssm.GetParametersOutput, ssm.Options]

	ListImageRecipes operation[
		imagebuilder.ListImageRecipesInput, imagebuilder.ListImageRecipesOutput, imagebuilder.Options]
	GetImageRecipe operation[
		imagebuilder.GetImageRecipeInput, imagebuilder.GetImageRecipeOutput, imagebuilder.Options]
	ListContainerRecipes operation[
		imagebuilder.ListContainerRecipesInput, imagebuilder.ListContainerRecipesOutput, imagebuilder.Options]
	ListImagePipelines operation[
		imagebuilder.ListImagePipelinesInput, imagebuilder.ListImagePipelinesOutput, imagebuilder.Options]
	ListDistributionConfigurations operation[
		imagebuilder.ListDistributionConfigurationsInput, imagebuilder.ListDistributionConfigurationsOutput, imagebuilder.Options]
	GetDistributionConfiguration operation[
		imagebuilder.GetDistributionConfigurationInput, imagebuilder.GetDistributionConfigurationOutput, imagebuilder.Options]
	ListInfrastructureConfigurations operation[
		imagebuilder.ListInfrastructureConfigurationsInput, imagebuilder.ListInfrastructureConfigurationsOutput, imagebuilder.Options]
	GetInfrastructureConfiguration operation[
		imagebuilder.GetInfrastructureConfigurationInput, imagebuilder.GetInfrastructureConfigurationOutput, imagebuilder.Options]
	ListLifecyclePolicies operation[
		imagebuilder.ListLifecyclePoliciesInput, imagebuilder.ListLifecyclePoliciesOutput, imagebuilder.Options]

	GetLifecyclePolicies operation[
		dlm.GetLifecyclePoliciesInput, dlm.GetLifecyclePoliciesOutput, dlm.Options]
	GetLifecyclePolicy operation[
		dlm.GetLifecyclePolicyInput, dlm.GetLifecyclePolicyOutput, dlm.Options]

	ListRules operation[
		rbin.ListRulesInput, rbin.ListRulesOutput, rbin.Options]
	GetRule operation[
		rbin.GetRuleInput, rbin.GetRuleOutput, rbin.Options]

	DescribeTrails operation[
		cloudtrail.DescribeTrailsInput, cloudtrail.DescribeTrailsOutput, cloudtrail.Options]
	GetTrailStatus operation[
		cloudtrail.GetTrailStatusInput, cloudtrail.GetTrailStatusOutput, cloudtrail.Options]
	GetEventSelectors operation[
		cloudtrail.GetEventSelectorsInput, cloudtrail.GetEventSelectorsOutput, cloudtrail.Options]

	DescribeOrganization operation[
		organizations.DescribeOrganizationInput, organizations.DescribeOrganizationOutput, organizations.Options]
	ListAccounts operation[
		organizations.ListAccountsInput, organizations.ListAccountsOutput, organizations.Options]
	ListRoots operation[
		organizations.ListRootsInput, organizations.ListRootsOutput, organizations.Options]
	ListOrganizationalUnitsForParent operation[
		organizations.ListOrganizationalUnitsForParentInput, organizations.ListOrganizationalUnitsForParentOutput,
		organizations.Options]
	ListAccountsForParent operation[
		organizations.ListAccountsForParentInput, organizations.ListAccountsForParentOutput, organizations.Options]
	ListTagsForResource operation[
		organizations.ListTagsForResourceInput, organizations.ListTagsForResourceOutput, organizations.Options]

	// organization remembers the one answer that holds for all regions of an account.
	organization *once[string, inventory.Fact]
}
