package collect

import (
	"errors"
	"io"
	"math/rand/v2"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// retryAttempts is how often the SDK tries a call: the safety net below our own rates.
const retryAttempts = 10

// doorAttempts is how often STS is asked whose the credentials are.
const doorAttempts = 3

const (
	// longestBackOff is the SDK's own.
	longestBackOff = retry.DefaultMaxBackoff
	// backOffAfterError doubles with each attempt, and so does backOffAfterThrottle. The latter is small: the next attempt
	// has to wait for a token of a bucket that was emptied. It grows for the sake of services that let nobody through.
	backOffAfterError    = 500 * time.Millisecond
	backOffAfterThrottle = 100 * time.Millisecond
)

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
			o.Backoff = retry.BackoffDelayerFunc(backOff)
			o.Retryables = append(o.Retryables, retry.RetryableErrorCode{Codes: throttledToo}, retry.IsErrorRetryableFunc(isCutOff))
			o.Throttles = append(o.Throttles, retry.ThrottleErrorCode{Codes: throttledToo})
		})
	}
}

// isCutOff knows an answer whose connection ended in the middle: the SDK tries again only where it ended before. All calls
// read, so that one more does no harm.
func isCutOff(err error) aws.Ternary {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return aws.TrueTernary
	}
	return aws.UnknownTernary
}

// backOff is a random part of the longest back-off after so many attempts, so that callers do not come back together.
func backOff(attempt int, err error) (time.Duration, error) {
	return rand.N(backOffLimit(attempt, err)), nil //nolint:gosec // Jitter needs no secrecy.
}

// backOffLimit is the longest back-off after so many attempts.
func backOffLimit(attempt int, err error) time.Duration {
	limit := backOffAfterError
	if IsThrottled(err) {
		limit = backOffAfterThrottle
	}
	for ; attempt > 0 && limit < longestBackOff; attempt-- {
		limit *= 2
	}
	return min(limit, longestBackOff)
}

// doorRetryer gives up early, and earlier where the user says so.
func doorRetryer(attempts int) aws.Retryer {
	if attempts == 0 || attempts > doorAttempts {
		attempts = doorAttempts
	}
	return retryer(attempts)()
}
