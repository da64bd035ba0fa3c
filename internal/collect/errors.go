package collect

import (
	"context"
	"errors"
	"net/http"
	"slices"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"

	"github.com/amiscan/amiscan/internal/inventory"
)

// statusCodes is the one table from AWS's error codes to statuses. EC2 has no typed errors, so codes are all there is
// (EC2 API Reference, "Error codes for the Amazon EC2 API"). Codes that stand in no row are an error.
var statusCodes = map[inventory.Status][]string{
	inventory.Denied: {
		"UnauthorizedOperation", "AccessDenied", "AccessDeniedException", "UnauthorizedAccess", "ForbiddenException",
		"OptInRequired", "Blocked",
	},
	inventory.NotFound: {
		"InvalidAMIID.NotFound", "InvalidAMIID.Unavailable", "InvalidSnapshot.NotFound", "NotFoundException",
		"InvalidLaunchTemplateId.NotFound", versionGone, "InvalidInstanceType", "AWSOrganizationsNotInUseException",
		"ParameterNotFound", "NoSuchEntity", "ResourceNotFoundException", "TrailNotFoundException",
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
}

// ErrorCode returns AWS's error code, or "" for an answer without one.
func ErrorCode(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) && api.ErrorCode() != "UnknownError" {
		return api.ErrorCode()
	}
	return ""
}

// status turns what a call ended with into the status of the fact that needed it.
func status(err error) inventory.Status {
	if code := ErrorCode(err); code != "" {
		return statusOfCode(code)
	}
	return statusWithoutCode(err)
}

func statusOfCode(code string) inventory.Status {
	for status, codes := range statusCodes {
		if slices.Contains(codes, code) {
			return status
		}
	}
	return inventory.Error
}

// statusWithoutCode judges an answer that is no AWS error document. A proxy or an emulator that refuses answers 403 in a
// foreign body; one that does not know the call answers 404, 501 or a page with status 500. The statuses of load
// balancers, and no answer at all, are errors.
func statusWithoutCode(err error) inventory.Status {
	var response *awshttp.ResponseError
	if !errors.As(err, &response) {
		return inventory.Error
	}
	switch response.HTTPStatusCode() {
	case http.StatusUnauthorized, http.StatusForbidden:
		return inventory.Denied
	case http.StatusTooManyRequests:
		return inventory.Throttled
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusInternalServerError, http.StatusNotImplemented:
		return inventory.Unsupported
	}
	return inventory.Error
}

// cancelled reports whether the run itself was cancelled: the only error that collectors pass on.
func cancelled(ctx context.Context) error { return ctx.Err() }

// IsThrottled reports whether AWS refused a call because of its rate.
func IsThrottled(err error) bool { return err != nil && status(err) == inventory.Throttled }
