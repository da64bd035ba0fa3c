package collect

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
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
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"
)

// operation is one call of an AWS client. Clients are held as single operations and not as interfaces: a client that is
// seen through an interface brings all its operations into the binary, seven hundred for EC2.
type operation[In, Out, Options any] func(context.Context, *In, ...func(*Options)) (*Out, error)

// clients is every call that amiscan makes of one unit; all of them read.
type clients struct {
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
	// organization remembers the one answer that holds for all regions of an account.
	organization *once
}

// Account is one account's credentials, ready to make clients of.
type Account struct {
	config    aws.Config
	Partition string
	// ID is the account that the credentials belong to.
	ID string
	// Region is the region that the environment or the profile names; empty where none does.
	Region       string
	organization *once
}

// retryAttempts is how often the SDK tries a call: the safety net below our own rates.
const retryAttempts = 8

// doorAttempts is how often STS is asked whose the credentials are.
const doorAttempts = 3

// door bounds the calls that come before everything else.
type door struct {
	// credentials bounds the search for credentials, which may ask network addresses that do not answer.
	credentials time.Duration
	// answer bounds one call with all its attempts: somebody waits in front of an empty screen.
	answer time.Duration
}

var doorPatience = door{credentials: 5 * time.Second, answer: 30 * time.Second}

// Sentinels for what keeps a run from starting.
var (
	ErrNoCredentials = errors.New("no AWS credentials")
	ErrNoRegion      = errors.New("no region")
)

// Connect loads configuration and credentials as the AWS CLI does and asks STS whose they are. It ends within seconds
// where there are none, with ErrNoCredentials; trace is told of every call.
func Connect(ctx context.Context, profile, region string, trace func(action string, err error)) (*Account, error) {
	return connect(ctx, profile, region, trace, doorPatience)
}

func connect(
	ctx context.Context, profile, region string, trace func(string, error), patience door,
) (*Account, error) {
	cfg, err := loadConfig(ctx, profile, region)
	if err != nil {
		return nil, fmt.Errorf("load AWS configuration: %w", err)
	}
	if cfg.Region == "" {
		return nil, ErrNoRegion
	}
	limited, cancel := context.WithTimeout(ctx, patience.credentials)
	defer cancel()
	if _, err := cfg.Credentials.Retrieve(limited); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoCredentials, err)
	}
	limited, cancel = context.WithTimeout(ctx, patience.answer)
	defer cancel()
	return identify(limited, cfg, trace)
}

func loadConfig(ctx context.Context, profile, region string) (aws.Config, error) {
	options := []func(*config.LoadOptions) error{
		config.WithHTTPClient(httpClient()),
		config.WithAppID("amiscan"),
		// The SDK's own lines on standard error would stand between the user and the one error line.
		config.WithLogger(logging.Nop{}),
	}
	if profile != "" {
		options = append(options, config.WithSharedConfigProfile(profile))
	}
	if region != "" {
		options = append(options, config.WithRegion(region))
	}
	cfg, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return aws.Config{}, err
	}
	cfg.Retryer = retryer(cfg.RetryMaxAttempts)
	// Only now: the loader wants the SDK's own client, to give it the certificates of AWS_CA_BUNDLE.
	cfg.HTTPClient = bounded{cfg.HTTPClient}
	return cfg, nil
}

// throttledToo are the codes of throttling that the SDK does not know: Image Builder has its own.
var throttledToo = map[string]struct{}{"CallRateLimitExceededException": {}}

// retryer drops the SDK's retry quota: under throttling a bulk reader drains it within a dozen calls, and our own
// rates keep the peace.
func retryer(attempts int) func() aws.Retryer {
	if attempts == 0 {
		attempts = retryAttempts
	}
	return func() aws.Retryer {
		return retry.NewStandard(func(o *retry.StandardOptions) {
			o.MaxAttempts = attempts
			o.RateLimiter = ratelimit.None
			o.Retryables = append(o.Retryables, retry.RetryableErrorCode{Codes: throttledToo})
			o.Throttles = append(o.Throttles, retry.ThrottleErrorCode{Codes: throttledToo})
		})
	}
}

// doorRetryer gives up early, and earlier where the user says so.
func doorRetryer(attempts int) aws.Retryer {
	if attempts == 0 || attempts > doorAttempts {
		attempts = doorAttempts
	}
	return retryer(attempts)()
}

// httpClient keeps as many idle connections as calls are in flight; the SDK's default keeps ten.
func httpClient() aws.HTTPClient {
	return awshttp.NewBuildableClient().WithTimeout(time.Minute).
		WithTransportOptions(func(t *http.Transport) { t.MaxIdleConnsPerHost = 64 })
}

func identify(ctx context.Context, cfg aws.Config, trace func(string, error)) (*Account, error) {
	// Somebody waits: a refused connection must show itself within seconds, not after the patience of a bulk reader.
	client := sts.NewFromConfig(cfg, func(o *sts.Options) { o.Retryer = doorRetryer(cfg.RetryMaxAttempts) })
	out, err := client.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	trace("sts:GetCallerIdentity", err)
	if err != nil {
		return nil, fmt.Errorf("ask STS in %s whose credentials these are: %w", cfg.Region, err)
	}
	if aws.ToString(out.Account) == "" {
		return nil, fmt.Errorf("ask STS in %s whose credentials these are: the answer names no account", cfg.Region)
	}
	account := &Account{
		config: cfg, ID: *out.Account, Region: cfg.Region, Partition: "aws", organization: newOnce(),
	}
	if parsed, err := arn.Parse(aws.ToString(out.Arn)); err == nil {
		account.Partition = parsed.Partition
	}
	return account, nil
}

// Regions returns the regions that the account has enabled, sorted.
func (a *Account) Regions(ctx context.Context, trace func(action string, err error)) ([]string, error) {
	limited, cancel := context.WithTimeout(ctx, doorPatience.answer)
	defer cancel()
	out, err := newEC2(a.config).DescribeRegions(limited, &ec2.DescribeRegionsInput{})
	trace("ec2:DescribeRegions", err)
	if err != nil {
		return nil, fmt.Errorf("list the regions of account %s: %w", a.ID, err)
	}
	var names []string
	for _, region := range out.Regions {
		if name := aws.ToString(region.RegionName); name != "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("list the regions of account %s: the answer names none", a.ID)
	}
	slices.Sort(names)
	return names, nil
}

// newEC2 makes a client that refuses what is no answer of EC2.
func newEC2(cfg aws.Config) *ec2.Client {
	return ec2.NewFromConfig(checked(cfg, genuineXML))
}

// checked is a configuration whose clients refuse what is no answer.
func checked(cfg aws.Config, check func(*middleware.Stack) error) aws.Config {
	cfg = cfg.Copy()
	cfg.APIOptions = append(slices.Clone(cfg.APIOptions), check)
	return cfg
}

// clients makes the calls of a region. IAM and Organizations have one endpoint a partition, which the SDK finds.
func (a *Account) clients(region string) clients {
	cfg := a.config.Copy()
	cfg.Region = region
	inXML, inJSON := checked(cfg, genuineXML), checked(cfg, genuineJSON)
	c := clients{organization: a.organization}
	c.useEC2(ec2.NewFromConfig(inXML))
	c.useAutoScaling(autoscaling.NewFromConfig(inXML))
	c.GetInstanceProfile = iam.NewFromConfig(inXML).GetInstanceProfile
	c.useKMS(kms.NewFromConfig(inJSON))
	c.useSSM(ssm.NewFromConfig(inJSON))
	c.useImageBuilder(imagebuilder.NewFromConfig(inJSON))
	c.useDLM(dlm.NewFromConfig(inJSON))
	c.useRecycleBin(rbin.NewFromConfig(inJSON))
	c.useCloudTrail(cloudtrail.NewFromConfig(inJSON))
	c.DescribeOrganization = organizations.NewFromConfig(inJSON).DescribeOrganization
	return c
}

func (c *clients) useEC2(compute *ec2.Client) {
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
}

func (c *clients) useAutoScaling(groups *autoscaling.Client) {
	c.DescribeAutoScalingGroups = groups.DescribeAutoScalingGroups
	c.DescribeLaunchConfigurations = groups.DescribeLaunchConfigurations
}

func (c *clients) useKMS(keys *kms.Client) {
	c.GetKeyPolicy = keys.GetKeyPolicy
	c.GetKeyRotationStatus = keys.GetKeyRotationStatus
	c.ListGrants = keys.ListGrants
	c.DescribeKey = keys.DescribeKey
}

func (c *clients) useSSM(parameters *ssm.Client) {
	c.DescribeParameters = parameters.DescribeParameters
	c.GetParameters = parameters.GetParameters
}

func (c *clients) useImageBuilder(builder *imagebuilder.Client) {
	c.ListImageRecipes = builder.ListImageRecipes
	c.GetImageRecipe = builder.GetImageRecipe
	c.ListContainerRecipes = builder.ListContainerRecipes
	c.ListImagePipelines = builder.ListImagePipelines
	c.ListDistributionConfigurations = builder.ListDistributionConfigurations
	c.GetDistributionConfiguration = builder.GetDistributionConfiguration
	c.ListInfrastructureConfigurations = builder.ListInfrastructureConfigurations
	c.GetInfrastructureConfiguration = builder.GetInfrastructureConfiguration
	c.ListLifecyclePolicies = builder.ListLifecyclePolicies
}

func (c *clients) useCloudTrail(trails *cloudtrail.Client) {
	c.DescribeTrails = trails.DescribeTrails
	c.GetTrailStatus = trails.GetTrailStatus
	c.GetEventSelectors = trails.GetEventSelectors
}

func (c *clients) useDLM(lifecycles *dlm.Client) {
	c.GetLifecyclePolicies = lifecycles.GetLifecyclePolicies
	c.GetLifecyclePolicy = lifecycles.GetLifecyclePolicy
}

func (c *clients) useRecycleBin(bin *rbin.Client) {
	c.ListRules = bin.ListRules
	c.GetRule = bin.GetRule
}
