package collect

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/amiscan/amiscan/internal/inventory"
)

// accountAt is an account whose every call goes to a server, once.
func accountAt(url string) *Account {
	return &Account{ID: ours, Partition: "aws", organization: newOnce[string, inventory.Fact](), config: aws.Config{
		Region: "eu-west-1", BaseEndpoint: aws.String(url), HTTPClient: bounded{httpClient()}, Retryer: retryer(1),
		Credentials: credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", "secret", ""),
	}}
}

// serve answers every request in the same way.
func serve(t *testing.T, code int, contentType, body string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// serveEach answers every request as its action wants it.
func serveEach(t *testing.T, answer func(action string) string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text := answer(actionOfRequest(r))
		w.Header().Set("Content-Type", jsonType)
		if strings.HasPrefix(text, "<") {
			w.Header().Set("Content-Type", xmlType)
		}
		_, _ = io.WriteString(w, text)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// actionOfRequest reads the action from the scope of the signature and the form or the header; that of REST services has no
// name.
func actionOfRequest(r *http.Request) string {
	_, scope, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
	service := strings.Split(scope+"////", "/")[3]
	_, target, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	return service + ":" + target + r.FormValue("Action")
}

const (
	xmlType  = "text/xml;charset=UTF-8"
	jsonType = "application/x-amz-json-1.1"
	htmlType = "text/html"
	htmlPage = "<!doctype html>\n<html lang=en>\n<title>500</title>\n<p>Internal Server Error<br>Sorry."
	xmlPage  = "<html><head><title>Please sign in</title></head><body><p>Welcome</p></body></html>"
	imagesOf = `<?xml version="1.0"?><DescribeImagesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">` +
		`<requestId>r</requestId><imagesSet><item><imageId>ami-00000001</imageId>` +
		`<imageOwnerId>111122223333</imageOwnerId></item></imagesSet></DescribeImagesResponse>`
)

func ec2Error(code string) string {
	return `<?xml version="1.0"?><Response><Errors><Error><Code>` + code +
		`</Code><Message>no</Message></Error></Errors><RequestID>r</RequestID></Response>`
}

// imageAnswers are what may come back over the wire and what the SDK and the error table make of it.
var imageAnswers = []struct {
	name, contentType, body string
	http                    int
	status                  inventory.Status
	code                    string
	images                  int
}{
	{"answer", xmlType, imagesOf, 200, inventory.Known, "", 1},
	{"comment before the root", xmlType, "<!-- x -->" + imagesOf[21:], 200, inventory.Known, "", 1},
	{"denied", xmlType, ec2Error("UnauthorizedOperation"), 403, inventory.Denied, "UnauthorizedOperation", 0},
	{"disabled region", xmlType, ec2Error("AuthFailure"), 401, inventory.Error, "AuthFailure", 0},
	{"throttled", xmlType, ec2Error("RequestLimitExceeded"), 503, inventory.Throttled, "RequestLimitExceeded", 0},
	{"unknown call", xmlType, ec2Error("InvalidAction"), 400, inventory.Unsupported, "InvalidAction", 0},
	{"page for a missing operation", htmlType, htmlPage, 500, inventory.Unsupported, "", 0},
	{"well-formed page, 500", htmlType, xmlPage, 500, inventory.Unsupported, "", 0},
	{"page, 403", htmlType, htmlPage, 403, inventory.Denied, "", 0},
	{"empty, 403", htmlType, "", 403, inventory.Denied, "", 0},
	{"page, 404", htmlType, htmlPage, 404, inventory.Unsupported, "", 0},
	{"page, 501", htmlType, xmlPage, 501, inventory.Unsupported, "", 0},
	{"page, 502", htmlType, htmlPage, 502, inventory.Error, "", 0},
	{"page, 503", htmlType, xmlPage, 503, inventory.Error, "", 0},
	{"page, 504", htmlType, "", 504, inventory.Error, "", 0},
	{"truncated", xmlType, imagesOf[:len(imagesOf)-40], 200, inventory.Error, "", 0},
	{"cut between elements", xmlType, imagesOf[:strings.LastIndex(imagesOf, "<")], 200, inventory.Error, "", 0},
	{"page of a proxy, 200", htmlType, xmlPage, 200, inventory.Error, "", 0},
	{"unclosed page, 200", htmlType, htmlPage, 200, inventory.Error, "", 0},
	{"unknown root", xmlType, "<Answer><imagesSet/></Answer>", 200, inventory.Error, "", 0},
	{"another operation", xmlType, "<DescribeVpcsResponse/>", 200, inventory.Error, "", 0},
	{"nothing at all, 200", xmlType, "", 200, inventory.Error, "", 0},
	{"only a prolog", xmlType, `<?xml version="1.0"?>`, 200, inventory.Error, "", 0},
	{"an item without an id", xmlType, strings.Replace(imagesOf, "imageId>", "x>", 2), 200, inventory.Error, "", 0},
}

func TestImagesOverTheWire(t *testing.T) {
	t.Parallel()

	for _, test := range imageAnswers {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			account := accountAt(serve(t, test.http, test.contentType, test.body))
			part, err := account.Unit(t.Context(), "eu-west-1", Request{Facts: closure(t, "ami.image"), Now: testNow})
			if err != nil {
				t.Fatal(err)
			}
			c := part.CoverageOf(inventory.AMI, "image")
			if c.Status != test.status || c.Code != test.code || c.Items != test.images {
				t.Errorf("coverage is %+v, want %s %q, %d images", c, test.status, test.code, test.images)
			}
		})
	}
}

func TestKeysOverTheWire(t *testing.T) {
	t.Parallel()
	const id = "arn:aws:kms:eu-west-1:111122223333:key/k"
	tests := []struct {
		name, body string
		http       int
		status     inventory.Status
		code       string
	}{
		{"answer", `{"KeyMetadata":{"KeyId":"k","Enabled":true}}`, 200, inventory.Known, ""},
		{"denied", `{"__type":"AccessDeniedException","message":"no"}`, 400, inventory.Denied, "AccessDeniedException"},
		{"missing", `{"__type":"NotFoundException","message":"no"}`, 400, inventory.NotFound, "NotFoundException"},
		{"denied by moto: XML for a JSON protocol", ec2Error("AccessDenied"), 403, inventory.Denied, ""},
		{"page, 403", htmlPage, 403, inventory.Denied, ""},
		{"page, 500", htmlPage, 500, inventory.Unsupported, ""},
		{"page of a proxy, 200", xmlPage, 200, inventory.Error, ""},
		{"empty object", `{}`, 200, inventory.Error, "EmptyAnswer"},
		{"nothing at all", ``, 200, inventory.Error, ""},
		{"truncated", `{"KeyMetadata":{"KeyId":"k"`, 200, inventory.Error, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			account := accountAt(serve(t, test.http, jsonType, test.body))
			u := newUnit(testUnit, account.clients("eu-west-1"), Request{})
			fact, _ := u.describeKey(t.Context(), keys().FactType, id)
			if fact.Status != test.status || fact.Code != test.code {
				t.Errorf("key is %s %q, want %s %q", fact.Status, fact.Code, test.status, test.code)
			}
		})
	}
}

func TestNoResponseAtAll(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic(http.ErrAbortHandler)
	}))
	t.Cleanup(server.Close)
	request := Request{Facts: closure(t, "ami.image"), Now: testNow}
	part, err := accountAt(server.URL).Unit(context.Background(), "eu-west-1", request)
	if err != nil {
		t.Fatal(err)
	}
	if c := part.CoverageOf(inventory.AMI, "image"); c.Status != inventory.Error || c.Code != "" {
		t.Errorf("coverage is %s %q", c.Status, c.Code)
	}
}
