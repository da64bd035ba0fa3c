package collect

import (
	"context"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go/logging"
)

// loadConfig loads what the AWS CLI would; how often a call is tried and how long an answer may be is our own.
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

// idleConnections are kept for each host, more than a run has calls in flight.
const idleConnections = 1024

// httpClient is the one of a run: hosts belong to a region and a service, so that accounts share connections. A Pace bounds
// the connections in use, so the transport need not. Those of a region that is done are closed soon.
func httpClient() aws.HTTPClient {
	return awshttp.NewBuildableClient().WithTimeout(time.Minute).WithTransportOptions(func(t *http.Transport) {
		t.MaxIdleConns, t.MaxConnsPerHost = 0, 0
		t.MaxIdleConnsPerHost, t.IdleConnTimeout = idleConnections, 30*time.Second
	})
}
