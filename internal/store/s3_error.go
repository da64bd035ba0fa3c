package store

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"

	"github.com/aws/smithy-go"
)

// maxRefusal bounds the body of an answer that is an error, in bytes.
const maxRefusal = 1 << 20

// s3Error is an answer of S3 that is no success. It is what the SDK's back-off and our own hints expect of an error of
// AWS.
type s3Error struct {
	operation, object, region string
	status                    int
	code, message, request    string
	// elsewhere is the region that the bucket is in, where S3 says so.
	elsewhere string
}

var _ smithy.APIError = (*s3Error)(nil)

func (e *s3Error) Error() string {
	text := fmt.Sprintf("%s %s in %s: %s", e.operation, e.object, e.region, cmp.Or(e.code, "status "+strconv.Itoa(e.status)))
	if e.message != "" {
		text += ": " + e.message
	}
	if e.request != "" {
		text += " (request " + e.request + ")"
	}
	return text
}

// ErrorCode is S3's own code; empty where the answer held none.
func (e *s3Error) ErrorCode() string { return e.code }

// ErrorMessage is S3's own message.
func (e *s3Error) ErrorMessage() string { return e.message }

// ErrorFault tells whose fault it is.
func (e *s3Error) ErrorFault() smithy.ErrorFault {
	if e.status >= http.StatusInternalServerError {
		return smithy.FaultServer
	}
	return smithy.FaultClient
}

// HTTPStatusCode is the status of the answer.
func (e *s3Error) HTTPStatusCode() int { return e.status }

// Hint says what to do next, where that is known.
func (e *s3Error) Hint() string {
	switch e.code {
	case "AccessDenied", "AllAccessDisabled":
		return "the caller's policies and the bucket's must allow s3:ListBucket on the bucket, s3:GetObject and s3:PutObject " +
			"on what is below " + e.object + ", and the use of the bucket's KMS key if it has one"
	case "NoSuchBucket":
		return "is the bucket's name spelt right? amiscan makes no buckets"
	case "InvalidAccessKeyId":
		return "AWS does not know this access key, or the bucket is in another partition"
	case "InvalidToken", "ExpiredToken", "TokenRefreshRequired":
		return "the session has ended: sign in again (aws sso login, or new temporary credentials)"
	case "RequestTimeTooSkewed", "RequestExpired":
		return "this machine's clock is wrong: set it"
	case "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed":
		return "set AWS_REGION to the region of the bucket"
	case "InvalidObjectState":
		return "the object is archived: restore it first"
	}
	return ""
}

// refusal reads an answer that is an error. What is no error document of S3, such as the page of a proxy, has no code.
func refusal(response *http.Response, body []byte) *s3Error {
	var document struct {
		XMLName   xml.Name `xml:"Error"`
		Code      string
		Message   string
		Region    string
		RequestID string `xml:"RequestId"`
	}
	e := &s3Error{status: response.StatusCode, request: response.Header.Get("X-Amz-Request-Id")}
	if err := xml.Unmarshal(body, &document); err == nil {
		e.code, e.message = document.Code, document.Message
	}
	e.request = cmp.Or(e.request, document.RequestID)
	e.elsewhere = cmp.Or(response.Header.Get("X-Amz-Bucket-Region"), document.Region)
	return e
}

// sendError is a request that did not get through, or an answer that broke off: worth another attempt.
type sendError struct{ error }

// ConnectionError tells the SDK's back-off so.
func (e *sendError) ConnectionError() bool { return true }

// Unwrap returns what happened.
func (e *sendError) Unwrap() error { return e.error }
