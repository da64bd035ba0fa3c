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
	// stranger is what it answers to unknown credentials, and to every request in a region that is not enabled.
	stranger apiError
	// unknown is what it answers to an action that it does not have.
	unknown apiError
}

const (
	notAllowed   = "You are not authorized to perform this operation."
	notKnownHere = "The security token included in the request is invalid."
	noSuchAction = "The action is not valid for this web service."
)

// ec2Service has codes of its own for what other services share (EC2 API Reference, "Common client error codes").
var ec2Service = service{
	protocol: ec2Protocol{},
	denied:   apiError{http.StatusForbidden, "UnauthorizedOperation", notAllowed},
	stranger: apiError{http.StatusUnauthorized, "AuthFailure",
		"AWS was not able to validate the provided access credentials"},
	unknown: apiError{http.StatusBadRequest, "InvalidAction", noSuchAction},
}

var stsService = service{
	protocol: queryProtocol{},
	denied:   apiError{http.StatusForbidden, "AccessDenied", notAllowed},
	stranger: apiError{http.StatusForbidden, "InvalidClientTokenId", notKnownHere},
	unknown:  apiError{http.StatusBadRequest, "InvalidAction", noSuchAction},
}

// jsonService is a service of the AWS JSON 1.1 protocol, whose target header begins with the given prefix.
func jsonService(target string) service {
	return service{
		protocol: jsonProtocol{target},
		denied:   apiError{http.StatusBadRequest, "AccessDeniedException", notAllowed},
		stranger: apiError{http.StatusBadRequest, "UnrecognizedClientException", notKnownHere},
		unknown:  apiError{http.StatusBadRequest, "UnknownOperationException", noSuchAction},
	}
}

// serviceNamed returns the service with the given name in the credential scope of a signature.
func serviceNamed(name string) (service, bool) {
	switch name {
	case "ec2":
		return ec2Service, true
	case "sts":
		return stsService, true
	case "kms":
		return jsonService("TrentService"), true
	case "organizations":
		return jsonService("AWSOrganizationsV20161128"), true
	case "ssm":
		return jsonService("AmazonSSM"), true
	}
	return service{}, false
}
