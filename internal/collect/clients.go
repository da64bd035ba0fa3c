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
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/logging"
)

// operation is one call of an AWS client. Clients are held as single operations and not as interfaces: a client that is
// seen through an interface brings all its operations into the binary, seven hundred for EC2.
type operation[In, Out, Options any] func(context.Context, *In, ...func(*Options)) (*Out, error)

// clients is every call that amiscan makes of one unit; all of them read.
type clients struct {
	DescribeImages            operation[ec2.DescribeImagesInput, ec2.DescribeImagesOutput, ec2.Options]
	DescribeImageAttribute    operation[ec2.DescribeImageAttributeInput, ec2.DescribeImageAttributeOutput, ec2.Options]
	DescribeSnapshots         operation[ec2.DescribeSnapshotsInput, ec2.DescribeSnapshotsOutput, ec2.Options]
	DescribeSnapshotAttribute operation[
		ec2.DescribeSnapshotAttributeInput, ec2.DescribeSnapshotAttributeOutput, ec2.Options]
	DescribeLaunchTemplateVersions operation[
		ec2.DescribeLaunchTemplateVersionsInput, ec2.DescribeLaunchTemplateVersionsOutput, ec2.Options]
	DescribeKey          operation[kms.DescribeKeyInput, kms.DescribeKeyOutput, kms.Options]
	GetParameters        operation[ssm.GetParametersInput, ssm.GetParametersOutput, ssm.Options]
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
	return ec2.NewFromConfig(cfg, func(o *ec2.Options) { o.APIOptions = append(o.APIOptions, genuine) })
}

// clients makes the calls of a region. Organizations has one endpoint a partition, which the SDK finds.
func (a *Account) clients(region string) clients {
	cfg := a.config.Copy()
	cfg.Region = region
	compute := newEC2(cfg)
	return clients{
		DescribeImages:                 compute.DescribeImages,
		DescribeImageAttribute:         compute.DescribeImageAttribute,
		DescribeSnapshots:              compute.DescribeSnapshots,
		DescribeSnapshotAttribute:      compute.DescribeSnapshotAttribute,
		DescribeLaunchTemplateVersions: compute.DescribeLaunchTemplateVersions,
		DescribeKey:                    kms.NewFromConfig(cfg).DescribeKey,
		GetParameters:                  ssm.NewFromConfig(cfg).GetParameters,
		DescribeOrganization:           organizations.NewFromConfig(cfg).DescribeOrganization,
		organization:                   a.organization,
	}
}
