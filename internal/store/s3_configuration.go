package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go/logging"
)

const (
	// firstRegion is asked for a bucket where nothing names a region: it answers with the region that the bucket is in.
	firstRegion = "us-east-1"
	// credentialPatience bounds the search for credentials, which may ask network addresses that do not answer.
	credentialPatience = 5 * time.Second
	// callAttempts is how often a call is made: S3 answers SlowDown while it spreads a busy prefix.
	callAttempts = 8
)

// connect finds credentials, region and endpoint of a bucket as the AWS CLI does. It makes no call to S3.
func connect(ctx context.Context, location string, access Access) (*s3, place, error) {
	p, err := parsePlace(location)
	if err != nil {
		return nil, place{}, err
	}
	cfg, err := loadConfig(ctx, access)
	if err != nil {
		return nil, place{}, fmt.Errorf("load AWS configuration: %w", err)
	}
	limited, cancel := context.WithTimeout(ctx, credentialPatience)
	defer cancel()
	if _, err := cfg.Credentials.Retrieve(limited); err != nil {
		return nil, place{}, &hintedError{
			fmt.Errorf("no AWS credentials for %s: %w", p, err), "sign in as for the AWS CLI (--profile, AWS_PROFILE, aws sso login)",
		}
	}
	e, err := endpointOf(ctx, cfg)
	if err != nil {
		return nil, place{}, err
	}
	return newS3(cfg, e, p.bucket), p, nil
}

func loadConfig(ctx context.Context, access Access) (aws.Config, error) {
	connections := func(t *http.Transport) { t.MaxIdleConnsPerHost = 2 * fetchesAhead }
	options := []func(*config.LoadOptions) error{
		config.WithHTTPClient(awshttp.NewBuildableClient().WithTransportOptions(connections)),
		config.WithDefaultRegion(cmp.Or(access.Region, firstRegion)),
		// The SDK's own lines on standard error would stand between the user and the one error line.
		config.WithLogger(logging.Nop{}),
	}
	if access.Profile != "" {
		options = append(options, config.WithSharedConfigProfile(access.Profile))
	}
	cfg, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return aws.Config{}, err
	}
	cfg.Retryer = func() aws.Retryer { return retryer(cfg.RetryMaxAttempts, nil) }
	return cfg, nil
}

// retryer tries again what the SDK would, and what only S3 says. It has no retry quota: a bulk writer drains that within
// a dozen calls.
func retryer(attempts int, backoff retry.BackoffDelayer) aws.Retryer {
	busy := map[string]struct{}{
		// Another put of the same key was under way ("Conditional requests", S3 User Guide): ask again who won.
		"ConditionalRequestConflict": {}, "OperationAborted": {},
		// The body came in broken or too slowly.
		"BadDigest": {}, "XAmzContentChecksumMismatch": {}, "IncompleteBody": {}, "InternalError": {}, "ServiceUnavailable": {},
	}
	return retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts = cmp.Or(attempts, callAttempts)
		o.Backoff = backoff
		o.RateLimiter = ratelimit.None
		o.Retryables = append(o.Retryables, retry.RetryableErrorCode{Codes: busy})
	})
}

// endpointOf finds what the configuration says of S3's endpoint, in the order of the "Service-specific endpoints" page of
// the SDKs' reference guide: each source for S3 alone first, then for all services.
func endpointOf(ctx context.Context, cfg aws.Config) (endpoint, error) {
	var e endpoint
	var err error
	if e.fips, err = ask(cfg, func(s fipsSource) (bool, bool, error) {
		state, found, err := s.GetUseFIPSEndpoint(ctx)
		return state == aws.FIPSEndpointStateEnabled, found, err
	}); err != nil {
		return endpoint{}, err
	}
	if e.dualStack, err = ask(cfg, func(s dualStackSource) (bool, bool, error) {
		state, found, err := s.GetUseDualStackEndpoint(ctx)
		return state == aws.DualStackEndpointStateEnabled, found, err
	}); err != nil {
		return endpoint{}, err
	}
	text, err := customEndpoint(ctx, cfg)
	if err != nil || text == "" {
		return e, err
	}
	if e.fips || e.dualStack {
		// Nobody can tell whether the address is of that kind; the SDK refuses it as well.
		return endpoint{}, errors.New("a configured endpoint can't be combined with FIPS or dual stack")
	}
	e.custom, err = url.Parse(text)
	if err != nil || e.custom.Host == "" || e.custom.Scheme != "https" && e.custom.Scheme != "http" {
		return endpoint{}, fmt.Errorf("the configured endpoint %.200q is no http:// or https:// address", text)
	}
	return e, nil
}

// What the SDK's sources of configuration can be asked; its own names for these are internal.
type (
	fipsSource interface {
		GetUseFIPSEndpoint(context.Context) (aws.FIPSEndpointState, bool, error)
	}
	dualStackSource interface {
		GetUseDualStackEndpoint(context.Context) (aws.DualStackEndpointState, bool, error)
	}
	ignoreSource interface {
		GetIgnoreConfiguredEndpoints(context.Context) (bool, bool, error)
	}
	endpointSource interface {
		GetServiceBaseEndpoint(context.Context, string) (string, bool, error)
	}
)

// ask returns what the first source says that says anything.
func ask[S, V any](cfg aws.Config, question func(S) (V, bool, error)) (V, error) {
	var nothing V
	for _, source := range cfg.ConfigSources {
		if s, ok := source.(S); ok {
			if value, found, err := question(s); found || err != nil {
				return value, err
			}
		}
	}
	return nothing, nil
}

func customEndpoint(ctx context.Context, cfg aws.Config) (string, error) {
	ignored, err := ask(cfg, func(s ignoreSource) (bool, bool, error) { return s.GetIgnoreConfiguredEndpoints(ctx) })
	if ignored || err != nil {
		return "", err
	}
	own, err := ask(cfg, func(s endpointSource) (string, bool, error) {
		if own, found, err := s.GetServiceBaseEndpoint(ctx, "S3"); found || err != nil {
			return own, found, err
		}
		// AWS_ENDPOINT_URL goes before what the configuration file says of S3.
		environment, ok := s.(config.EnvConfig)
		return environment.BaseEndpoint, ok && environment.BaseEndpoint != "", nil
	})
	return cmp.Or(own, aws.ToString(cfg.BaseEndpoint)), err
}
