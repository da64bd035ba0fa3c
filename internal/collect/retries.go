package collect

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// retryAttempts is how often the SDK tries a call: the safety net below our own rates.
const retryAttempts = 8

// doorAttempts is how often STS is asked whose the credentials are.
const doorAttempts = 3

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
