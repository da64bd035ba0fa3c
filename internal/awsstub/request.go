package awsstub

import (
	"io"
	"net/http"
	"sort"
	"strconv"
	"strings"
)

// maxBody is the largest request that is read, in bytes; AWS's own limit is of this order.
const maxBody = 1 << 20

// Request is one request as it was understood.
type Request struct {
	// Service and Region come from the credential scope of the signature: "ec2", "eu-west-1".
	Service string
	Region  string
	// Action is the operation's name: "DescribeImages".
	Action string
	// Account is the account of the access key; empty where the key is unknown.
	Account string
	// Session is the ARN of the role session that asks; empty for a user. A page may be asked for by another session than
	// the page before it.
	Session string `json:"-"`
	// Parameters are the request's own, named as the query protocol names them, with lists flattened: "ImageId.1". The
	// JSON protocols' are flattened in the same way: "Names.1".
	Parameters map[string]string
}

// Name returns the action as IAM writes it: "ec2:DescribeImages".
func (r Request) Name() string { return r.Service + ":" + r.Action }

// list returns the members of a flattened list in order: those of "ImageId" stand under ImageId.1, ImageId.2, ...
func (r Request) list(name string) []string {
	var keys []int
	for parameter := range r.Parameters {
		if rest, ok := strings.CutPrefix(parameter, name+"."); ok {
			if i, err := strconv.Atoi(rest); err == nil {
				keys = append(keys, i)
			}
		}
	}
	sort.Ints(keys)
	values := make([]string, 0, len(keys))
	for _, i := range keys {
		values = append(values, r.Parameters[name+"."+strconv.Itoa(i)])
	}
	return values
}

// isTrue reports whether a flag is set.
func (r Request) isTrue(name string) bool { return r.Parameters[name] == "true" }

// scope is what the Authorization header says about a request.
type scope struct{ accessKey, region, service string }

// readScope reads the credential of a version 4 signature: KEY/DATE/REGION/SERVICE/aws4_request (AWS Signature
// Version 4, "Authorization header"). The signature itself is not verified: the stub knows no secrets.
func readScope(authorization string) (scope, bool) {
	_, credential, found := strings.Cut(authorization, "Credential=")
	if !found || !strings.HasPrefix(authorization, "AWS4-HMAC-SHA256 ") {
		return scope{}, false
	}
	credential, _, _ = strings.Cut(credential, ",")
	parts := strings.Split(strings.TrimSpace(credential), "/")
	if len(parts) != 5 || parts[4] != "aws4_request" {
		return scope{}, false
	}
	return scope{accessKey: parts[0], region: parts[2], service: parts[3]}, true
}

// readBody reads a whole body of bounded size.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return nil, &apiError{http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", "the body is larger than 1 MiB"}
	}
	return body, nil
}
