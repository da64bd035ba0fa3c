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
)

// ec2API is every EC2 call that amiscan makes.
type ec2API interface {
	describeImagesAPI
	describeImageAttributeAPI
	describeSnapshotsAPI
	describeSnapshotAttributeAPI
	describeLaunchTemplateVersionsAPI
}

// Clients are the AWS clients of one unit; all of them read.
type Clients struct {
	EC2           ec2API
	KMS           describeKeyAPI
	SSM           getParametersAPI
	Organizations describeOrganizationAPI
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

// credentialsLimit bounds the search for credentials, which may ask network addresses that do not answer.
const credentialsLimit = 5 * time.Second

// Sentinels for what keeps a run from starting.
var (
	ErrNoCredentials = errors.New("no AWS credentials")
	ErrNoRegion      = errors.New("no region")
)

// Connect loads configuration and credentials as the AWS CLI does and asks STS whose they are. It ends within seconds
// where there are none, with ErrNoCredentials; trace is told of every call.
func Connect(ctx context.Context, profile, region string, trace func(action string, err error)) (*Account, error) {
	cfg, err := loadConfig(ctx, profile, region)
	if err != nil {
		return nil, fmt.Errorf("load AWS configuration: %w", err)
	}
	if cfg.Region == "" {
		return nil, ErrNoRegion
	}
	limited, cancel := context.WithTimeout(ctx, credentialsLimit)
	defer cancel()
	if _, err := cfg.Credentials.Retrieve(limited); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoCredentials, err)
	}
	return identify(ctx, cfg, trace)
}

func loadConfig(ctx context.Context, profile, region string) (aws.Config, error) {
	options := []func(*config.LoadOptions) error{
		config.WithHTTPClient(httpClient()),
		config.WithAppID("amiscan"),
	}
	if profile != "" {
		options = append(options, config.WithSharedConfigProfile(profile))
	}
	if region != "" {
		options = append(options, config.WithRegion(region))
	}
	cfg, err := config.LoadDefaultConfig(ctx, options...)
	cfg.Retryer = retryer(cfg.RetryMaxAttempts)
	return cfg, err
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

// httpClient keeps as many idle connections as calls are in flight; the SDK's default keeps ten.
func httpClient() aws.HTTPClient {
	return awshttp.NewBuildableClient().WithTimeout(time.Minute).
		WithTransportOptions(func(t *http.Transport) { t.MaxIdleConnsPerHost = 64 })
}

func identify(ctx context.Context, cfg aws.Config, trace func(string, error)) (*Account, error) {
	out, err := sts.NewFromConfig(cfg).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	trace("sts:GetCallerIdentity", err)
	if err != nil {
		return nil, fmt.Errorf("ask STS in %s whose credentials these are: %w", cfg.Region, err)
	}
	account := &Account{config: cfg, ID: aws.ToString(out.Account), Region: cfg.Region, Partition: "aws", organization: newOnce()}
	if parsed, err := arn.Parse(aws.ToString(out.Arn)); err == nil {
		account.Partition = parsed.Partition
	}
	return account, nil
}

// Regions returns the regions that the account has enabled, sorted.
func (a *Account) Regions(ctx context.Context, trace func(action string, err error)) ([]string, error) {
	out, err := ec2.NewFromConfig(a.config).DescribeRegions(ctx, &ec2.DescribeRegionsInput{})
	trace("ec2:DescribeRegions", err)
	if err != nil {
		return nil, fmt.Errorf("list the regions of account %s: %w", a.ID, err)
	}
	var names []string
	for _, region := range out.Regions {
		names = append(names, aws.ToString(region.RegionName))
	}
	slices.Sort(names)
	return names, nil
}

// clients makes the clients of a region. Organizations has one endpoint a partition, which the SDK finds.
func (a *Account) clients(region string) Clients {
	cfg := a.config.Copy()
	cfg.Region = region
	return Clients{
		EC2: ec2.NewFromConfig(cfg), KMS: kms.NewFromConfig(cfg), SSM: ssm.NewFromConfig(cfg),
		Organizations: organizations.NewFromConfig(cfg), organization: a.organization,
	}
}
