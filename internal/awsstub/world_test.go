package awsstub_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/smithy-go"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	ours     = "111122223333"
	theirs   = "444455556666"
	stranger = "777788889999"
	ireland  = "eu-west-1"

	ourKey      = "AKIAOURS"
	theirKey    = "AKIATHEIRS"
	strangerKey = "AKIASTRANGER"
)

// doc is a document as the AWS CLI prints it.
type doc = map[string]any

// today is the day on which the parts below were observed.
func today() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) }

// part is a unit of the partition aws.
func part(account, region string, resources ...inventory.Resource) inventory.Part {
	u := inventory.Unit{Partition: "aws", Account: account, Region: region}
	return inventory.Part{Unit: u, Observed: today(), Resources: resources}
}

// resource has the given known facts, as pairs of name and value.
func resource(kind, account, region, id string, facts ...any) inventory.Resource {
	r := inventory.NewResource(kind, inventory.Unit{Partition: "aws", Account: account, Region: region}, id)
	for i := 0; i < len(facts); i += 2 {
		value, err := json.Marshal(facts[i+1])
		if err != nil {
			panic(err)
		}
		r.Facts[facts[i].(string)] = inventory.Fact{Status: inventory.Known, Value: value}
	}
	return r
}

// ami is an image of ours with further fields.
func ami(id string, more doc, facts ...any) inventory.Resource {
	image := doc{"ImageId": id, "OwnerId": ours, "State": "available", "Name": "image " + id, "Public": false}
	for name, value := range more {
		image[name] = value
	}
	return resource(inventory.AMI, ours, ireland, id, append([]any{"image", image}, facts...)...)
}

// keys is who the access keys of the tests act for.
func keys() awsstub.Option {
	return awsstub.Credentials(map[string]string{ourKey: ours, theirKey: theirs, strangerKey: stranger})
}

// serve starts a stub for the length of a test.
func serve(t *testing.T, parts []inventory.Part, options ...awsstub.Option) (*awsstub.Stub, string) {
	t.Helper()
	stub, err := awsstub.New(parts, append([]awsstub.Option{keys()}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(stub)
	t.Cleanup(server.Close)
	return stub, server.URL
}

// config points an SDK client at a stub; it never retries.
func config(url, key, region string) aws.Config {
	return aws.Config{
		Region: region, BaseEndpoint: aws.String(url), HTTPClient: plainClient{},
		Retryer: func() aws.Retryer { return aws.NopRetryer{} },
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: key, SecretAccessKey: "secret"}, nil
		}),
	}
}

// plainClient sends request bodies as plain readers. smithy-go closes a body as soon as the answer's header is there,
// and the closed body's WriteTo then fails with io.EOF: where an answer is quicker than the sender's check for the end
// of the body, as on loopback, net/http takes that for a broken connection and cuts the answer off.
type plainClient struct{}

func (plainClient) Do(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		r.Body = struct{ io.ReadCloser }{r.Body}
	}
	return http.DefaultClient.Do(r)
}

func ec2As(url, key string) *ec2.Client { return ec2.NewFromConfig(config(url, key, ireland)) }

// codeOf returns the AWS error code and the HTTP status that the SDK saw.
func codeOf(err error) (code string, status int) {
	var api smithy.APIError
	if errors.As(err, &api) {
		code = api.ErrorCode()
	}
	var response *awshttp.ResponseError
	if errors.As(err, &response) {
		status = response.HTTPStatusCode()
	}
	return code, status
}

// wantError fails unless the SDK saw the code with the status.
func wantError(t *testing.T, err error, code string, status int) {
	t.Helper()
	if gotCode, gotStatus := codeOf(err); err == nil || gotCode != code || gotStatus != status {
		t.Fatalf("got code %q and status %d (%v), want %q and %d", gotCode, gotStatus, err, code, status)
	}
}
