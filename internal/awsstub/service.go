package awsstub

import "net/http"

// apiError is an error as AWS answers it; each protocol spells it in its own way.
type apiError struct {
	status  int
	code    string
	message string
}

func (e *apiError) Error() string { return e.code + ": " + e.message }

// invalid is the answer to a request that makes no sense.
func invalid(code, message string) error { return &apiError{http.StatusBadRequest, code, message} }

// service is one AWS service: how it reads requests, spells answers and says the errors that all services share.
type service struct {
	protocol protocol
	// denied is what it answers where IAM does not allow the action.
	denied apiError
	// throttled is what it answers where the caller's rate is exceeded.
	throttled apiError
	// stranger is what it answers to unknown credentials, and to every request in a region that is not enabled.
	stranger apiError
	// expired is what it answers to a role session that has ended.
	expired apiError
	// unknown is what it answers to an action that it does not have.
	unknown apiError
}

const (
	notAllowed   = "You are not authorized to perform this operation."
	tooFast      = "Rate exceeded"
	tooOld       = "The security token included in the request is expired"
	notKnownHere = "The security token included in the request is invalid."
	noSuchAction = "The action is not valid for this web service."
)

// ec2Service has codes of its own for what other services share (EC2 API Reference, "Common client error codes").
var ec2Service = service{
	protocol:  ec2Protocol{},
	denied:    apiError{http.StatusForbidden, "UnauthorizedOperation", notAllowed},
	throttled: apiError{http.StatusServiceUnavailable, "RequestLimitExceeded", "Request limit exceeded."},
	stranger: apiError{http.StatusUnauthorized, "AuthFailure",
		"AWS was not able to validate the provided access credentials"},
	expired: apiError{http.StatusBadRequest, "RequestExpired", "Request has expired."},
	unknown: apiError{http.StatusBadRequest, "InvalidAction", noSuchAction},
}

// queryService is a service of the AWS query protocol, of which the answers stand in the given namespace.
func queryService(namespace string) service {
	return service{
		protocol:  queryProtocol{namespace},
		denied:    apiError{http.StatusForbidden, "AccessDenied", notAllowed},
		throttled: apiError{http.StatusBadRequest, "Throttling", tooFast},
		stranger:  apiError{http.StatusForbidden, "InvalidClientTokenId", notKnownHere},
		expired:   apiError{http.StatusForbidden, "ExpiredToken", tooOld},
		unknown:   apiError{http.StatusBadRequest, "InvalidAction", noSuchAction},
	}
}

// jsonService is a service of the AWS JSON 1.1 protocol, whose target header begins with the given prefix.
func jsonService(target string) service {
	return service{
		protocol:  jsonProtocol{target},
		denied:    apiError{http.StatusBadRequest, "AccessDeniedException", notAllowed},
		throttled: apiError{http.StatusBadRequest, "ThrottlingException", tooFast},
		stranger:  apiError{http.StatusBadRequest, "UnrecognizedClientException", notKnownHere},
		expired:   apiError{http.StatusBadRequest, "ExpiredTokenException", tooOld},
		unknown:   apiError{http.StatusBadRequest, "UnknownOperationException", noSuchAction},
	}
}

// serviceNamed returns the service with the given name in the credential scope of a signature.
func serviceNamed(name string) (service, bool) {
	switch name {
	case "ec2":
		return ec2Service, true
	case "sts":
		return queryService("https://sts.amazonaws.com/doc/2011-06-15/"), true
	case "autoscaling":
		return queryService("http://autoscaling.amazonaws.com/doc/2011-01-01/"), true
	case "iam":
		return queryService("https://iam.amazonaws.com/doc/2010-05-08/"), true
	case "kms":
		return jsonService("TrentService"), true
	case "organizations":
		return jsonService("AWSOrganizationsV20161128").throttling("TooManyRequestsException"), true
	case "ssm":
		return jsonService("AmazonSSM"), true
	case "cloudtrail":
		return cloudTrailService, true
	case "imagebuilder":
		return imageBuilderService, true
	case "dlm":
		return dlmService, true
	case "rbin":
		return recycleBinService, true
	}
	return service{}, false
}
