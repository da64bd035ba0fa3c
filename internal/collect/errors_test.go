package collect

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/amiscan/amiscan/internal/inventory"
)

// codesOf are the codes that each status stands for.
var codesOf = map[inventory.Status][]string{
	inventory.Denied: {
		"UnauthorizedOperation", "AccessDenied", "AccessDeniedException", "UnauthorizedAccess", "ForbiddenException",
		"OptInRequired", "Blocked",
	},
	inventory.NotFound: {
		"InvalidAMIID.NotFound", "InvalidAMIID.Unavailable", "InvalidSnapshot.NotFound", "NotFoundException",
		"InvalidLaunchTemplateId.NotFound", "InvalidLaunchTemplateId.VersionNotFound", "InvalidInstanceType",
		"AWSOrganizationsNotInUseException", "ParameterNotFound", "NoSuchEntity", "ResourceNotFoundException",
		"TrailNotFoundException",
	},
	inventory.Unsupported: {
		"InvalidAction", "UnknownParameter", "UnsupportedOperation", "UnknownOperationException",
		"UnsupportedOperationException",
	},
	inventory.Throttled: {
		"RequestLimitExceeded", "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled",
		"RequestThrottledException", "TooManyRequestsException", "LimitExceededException", "SlowDown",
		"EC2ThrottledException", "BandwidthLimitExceeded", "PriorRequestNotComplete",
		"ProvisionedThroughputExceededException", "TransactionInProgressException", "CallRateLimitExceededException",
	},
	inventory.Error: {
		"AuthFailure", "InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClientException", "RequestExpired",
		"ExpiredToken", "ExpiredTokenException", "InternalError", "Unavailable", "InvalidParameterValue", "SomethingNew",
	},
}

func TestStatusOfEveryCode(t *testing.T) {
	t.Parallel()

	rows := map[string]bool{}
	for want, codes := range codesOf {
		for _, code := range codes {
			rows[code] = true
			err := fmt.Errorf("operation error: %w", refused(code))
			if got := status(err); got != want {
				t.Errorf("%s is %s, want %s", code, got, want)
			}
			if got := ErrorCode(err); got != code {
				t.Errorf("code of %s is %q", code, got)
			}
		}
	}
	for status, codes := range statusCodes {
		for _, code := range codes {
			if !rows[code] {
				t.Errorf("%s (%s) stands in the table and is not tested", code, status)
			}
		}
	}
}

func TestTableKnowsWhatTheSDKCallsThrottling(t *testing.T) {
	t.Parallel()
	for code := range retry.DefaultThrottleErrorCodes {
		if got := statusOfCode(code); got != inventory.Throttled {
			t.Errorf("%s is %s", code, got)
		}
	}
}

func TestStatusWithoutCode(t *testing.T) {
	t.Parallel()
	tests := map[int]inventory.Status{
		http.StatusOK: inventory.Error, http.StatusBadRequest: inventory.Error,
		http.StatusUnauthorized: inventory.Denied, http.StatusForbidden: inventory.Denied,
		http.StatusNotFound: inventory.Unsupported, http.StatusMethodNotAllowed: inventory.Unsupported,
		http.StatusInternalServerError: inventory.Unsupported, http.StatusNotImplemented: inventory.Unsupported,
		http.StatusTooManyRequests: inventory.Throttled, http.StatusBadGateway: inventory.Error,
		http.StatusServiceUnavailable: inventory.Error, http.StatusGatewayTimeout: inventory.Error,
		http.StatusProxyAuthRequired: inventory.Error,
	}
	for code, want := range tests {
		err := &awshttp.ResponseError{ResponseError: &smithyhttp.ResponseError{
			Response: &smithyhttp.Response{Response: &http.Response{StatusCode: code}}, Err: refused("UnknownError"),
		}}
		if got := status(err); got != want {
			t.Errorf("%d is %s, want %s", code, got, want)
		}
		if got := ErrorCode(err); got != "" {
			t.Errorf("%d has code %q", code, got)
		}
	}
	for _, err := range []error{errors.New("connection reset"), context.Canceled, context.DeadlineExceeded, errLoop} {
		if got := status(err); got != inventory.Error {
			t.Errorf("%v is %s", err, got)
		}
	}
}
