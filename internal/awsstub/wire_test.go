package awsstub_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// signature is what a signed request of an account says of itself.
func signature(key, region, service string) string {
	return fmt.Sprintf("AWS4-HMAC-SHA256 Credential=%s/20260601/%s/%s/aws4_request, SignedHeaders=host, Signature=0",
		key, region, service)
}

// send sends a request as it is and returns the answer's status and body.
func send(t *testing.T, method, url, authorization, target, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", authorization)
	if target != "" {
		r.Header.Set("X-Amz-Target", target)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// TestWireRefuses sends what no SDK would.
func TestWireRefuses(t *testing.T) {
	t.Parallel()
	_, url := serve(t, nil)
	asEC2, asKMS := signature(ourKey, ireland, "ec2"), signature(ourKey, ireland, "kms")
	tests := []struct {
		name, method, authorization, target, body string
		status                                    int
		code                                      string
	}{
		{"unknown action", "POST", asEC2, "", "Action=DescribeTeapots", 400, "<Code>InvalidAction</Code>"},
		{"unknown parameter", "POST", asEC2, "", "Action=DescribeImages&Colour=red", 400, "<Code>UnknownParameter</Code>"},
		{"unknown list", "POST", asEC2, "", "Action=DescribeImages&SnapshotId.1=a", 400, "<Code>UnknownParameter</Code>"},
		{"no action", "POST", asEC2, "", "Version=2016-11-15", 400, "<Code>MissingAction</Code>"},
		{"no form", "POST", asEC2, "", "%zz", 400, "<Code>MalformedQueryString</Code>"},
		{"twice", "POST", asEC2, "", "Action=DescribeImages&MaxResults=5&MaxResults=6", 400, "MalformedQueryString"},
		{"a write", "POST", asEC2, "", "Action=DeregisterImage&ImageId=ami-1", 403, "<Code>OperationNotPermitted</Code>"},
		{"unsigned", "POST", "", "", "Action=DescribeImages", 403, "<Code>MissingAuthenticationToken</Code>"},
		{"bad scope", "POST", "AWS4-HMAC-SHA256 Credential=a/b/c", "", "", 403, "<Code>MissingAuthenticationToken</Code>"},
		{"unknown service", "POST", signature(ourKey, ireland, "tea"), "", "", 400, "<Code>InvalidAction</Code>"},
		{"unknown service in JSON", "POST", signature(ourKey, ireland, "tea"), "Tea.Brew", "{}", 400, `"InvalidAction"`},
		{"no POST", "GET", asEC2, "", "", 405, "<Code>MethodNotAllowed</Code>"},
		{"unknown operation", "POST", asKMS, "TrentService.GetTea", "{}", 400, `"UnknownOperationException"`},
		{"another service's target", "POST", asKMS, "AmazonSSM.GetParameters", "{}", 400, `"UnknownOperationException"`},
		{"no JSON", "POST", asKMS, "TrentService.DescribeKey", "{", 400, `"SerializationException"`},
		{"nested without end", "POST", asKMS, "TrentService.DescribeKey",
			`{"a":` + strings.Repeat("[", 50) + strings.Repeat("]", 50) + "}", 400, `"SerializationException"`},
		{"a write in JSON", "POST", asKMS, "TrentService.ScheduleKeyDeletion", "{}", 403, `"OperationNotPermitted"`},
		{"too large", "POST", asEC2, "", strings.Repeat("a", 1<<20+1), 413, "<Code>RequestEntityTooLarge</Code>"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			status, body := send(t, test.method, url, test.authorization, test.target, test.body)
			if status != test.status || !strings.Contains(body, test.code) {
				t.Errorf("got %d %s, want %d with %s", status, body, test.status, test.code)
			}
		})
	}
}
