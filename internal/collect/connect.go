package collect

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// Account is one account's credentials, ready to make clients of.
type Account struct {
	config    aws.Config
	Partition string
	// ID is the account that the credentials belong to.
	ID string
	// Region is the region that the environment or the profile names; empty where none does.
	Region       string
	organization *once[string, inventory.Fact]
	// pace keeps all calls within AWS's rates.
	pace *Pace
}

// Paced is the same account at another pace, and so are the accounts that are entered from it.
func (a *Account) Paced(pace *Pace) *Account {
	paced := *a
	paced.pace = pace
	return &paced
}

// At is the same account with its first calls in another region.
func (a *Account) At(region string) *Account {
	moved := *a
	moved.Region, moved.config = region, a.config.Copy()
	moved.config.Region = region
	return &moved
}

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
	found, err := cfg.Credentials.Retrieve(limited)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoCredentials, err)
	}
	if cache, ok := cfg.Credentials.(*aws.CredentialsCache); ok && found.CanExpire {
		cfg.Retryer = renewing(cfg.Retryer, cache)
	}
	limited, cancel = context.WithTimeout(ctx, patience.answer)
	defer cancel()
	return identify(limited, cfg, trace)
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
		config: cfg, ID: *out.Account, Region: cfg.Region, Partition: "aws", organization: newOnce[string, inventory.Fact](),
		pace: NewPace(Pacing{}),
	}
	if parsed, err := arn.Parse(aws.ToString(out.Arn)); err == nil {
		account.Partition = parsed.Partition
	}
	return account, nil
}
