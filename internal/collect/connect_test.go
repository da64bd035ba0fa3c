package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/outside"
)

// withKey names credentials and a region, and sends every call to a server.
func withKey(t *testing.T, url string) {
	t.Helper()
	outside.WithoutAWS(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_REGION", "eu-west-1")
	t.Setenv("AWS_ENDPOINT_URL", url)
	t.Setenv("AWS_MAX_ATTEMPTS", "1")
}

func untold(string, error) {}

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">` +
	`<GetCallerIdentityResult>` +
	`<Arn>arn:aws-cn:sts::111122223333:assumed-role/r/s</Arn><UserId>U</UserId><Account>111122223333</Account>` +
	`</GetCallerIdentityResult></GetCallerIdentityResponse>`

func stsError(code string) string {
	return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>` + code +
		`</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse>`
}

// byAction answers identity calls with the identity and everything else as told; it counts the rest.
func byAction(t *testing.T, code int, answer string) (url string, count *atomic.Int32) {
	t.Helper()
	count = &atomic.Int32{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", xmlType)
		if r.FormValue("Action") == "GetCallerIdentity" {
			_, _ = io.WriteString(w, identity)
			return
		}
		count.Add(1)
		w.WriteHeader(code)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	return server.URL, count
}

func TestConnect(t *testing.T) {
	url, _ := byAction(t, 200, "")
	withKey(t, url)
	var count calls
	account, err := Connect(t.Context(), "", "cn-north-1", count.trace)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{account.ID, account.Partition, account.Region}
	if diff := cmp.Diff([]string{ours, "aws-cn", "cn-north-1"}, got); diff != "" {
		t.Errorf("account (-want +got):\n%s", diff)
	}
	if _, ok := account.config.HTTPClient.(bounded); !ok {
		t.Errorf("answers to %T may have any length", account.config.HTTPClient)
	}
	if diff := cmp.Diff(map[string]int{"sts:GetCallerIdentity": 1}, count.count); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

func TestConnectWithoutCredentials(t *testing.T) {
	outside.WithoutAWS(t)
	_, err := Connect(t.Context(), "", "eu-west-1", untold)
	if !errors.Is(err, ErrNoCredentials) {
		t.Errorf("got %v", err)
	}
}

// Off AWS, the address of the instance's role may take connections and answer nothing.
func TestConnectGivesUpOnTheInstanceRole(t *testing.T) {
	stop := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-stop }))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(stop) })
	outside.WithoutAWS(t)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "false")
	t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.URL)
	start := time.Now()
	_, err := connect(t.Context(), "", "eu-west-1", untold, door{credentials: 100 * time.Millisecond, answer: time.Second})
	if took := time.Since(start); !errors.Is(err, ErrNoCredentials) || took > 5*time.Second {
		t.Errorf("after %s: %v", took, err)
	}
	if doorPatience.credentials > 5*time.Second {
		t.Errorf("the search may take %s", doorPatience.credentials)
	}
}

func TestConnectGivesUpOnTheIdentity(t *testing.T) {
	stop := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-stop }))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(stop) })
	withKey(t, server.URL)
	_, err := connect(t.Context(), "", "", untold, door{credentials: time.Second, answer: 100 * time.Millisecond})
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "ask STS in eu-west-1") {
		t.Errorf("got %v", err)
	}
}

func TestConnectWithoutRegion(t *testing.T) {
	withKey(t, "http://127.0.0.1:1")
	t.Setenv("AWS_REGION", "")
	if _, err := Connect(t.Context(), "", "", untold); !errors.Is(err, ErrNoRegion) {
		t.Errorf("got %v", err)
	}
}

func TestConnectProfiles(t *testing.T) {
	url, _ := byAction(t, 200, "")
	withKey(t, url)
	file := filepath.Join(t.TempDir(), "config")
	text := "[profile team]\nregion = eu-central-1\naws_access_key_id = A\naws_secret_access_key = B\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CONFIG_FILE", file)
	t.Setenv("AWS_REGION", "")
	account, err := Connect(t.Context(), "team", "", untold)
	if err != nil || account.Region != "eu-central-1" {
		t.Errorf("got %+v, %v", account, err)
	}
	_, err = Connect(t.Context(), "nobody", "eu-west-1", untold)
	if err == nil || !strings.Contains(err.Error(), "load AWS configuration") || !strings.Contains(err.Error(), "nobody") {
		t.Errorf("got %v", err)
	}
}

func TestConnectIsRefused(t *testing.T) {
	tests := []struct {
		name, body, code string
		http             int
	}{
		{"expired token", stsError("ExpiredToken"), "ExpiredToken", 403},
		{"unknown key", stsError("InvalidClientTokenId"), "InvalidClientTokenId", 403},
		{"wrong key", stsError("SignatureDoesNotMatch"), "SignatureDoesNotMatch", 403},
		{"page of a proxy", xmlPage, "", 200},
		{"nothing", "", "", 200},
		{"no account", strings.Replace(identity, "<Account>"+ours+"</Account>", "", 1), "", 200},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			withKey(t, serve(t, test.http, xmlType, test.body))
			account, err := Connect(t.Context(), "", "", untold)
			if err == nil || ErrorCode(err) != test.code || errors.Is(err, ErrNoCredentials) {
				t.Fatalf("got %+v, %v (%s)", account, err, ErrorCode(err))
			}
			if !strings.HasPrefix(err.Error(), "ask STS in eu-west-1 whose credentials these are: ") {
				t.Errorf("message is %q", err)
			}
		})
	}
}

func TestRegions(t *testing.T) {
	regions := func(names ...string) string {
		var items strings.Builder
		for _, name := range names {
			fmt.Fprintf(&items, "<item><regionName>%s</regionName></item>", name)
		}
		return "<DescribeRegionsResponse><regionInfo>" + items.String() + "</regionInfo></DescribeRegionsResponse>"
	}
	tests := []struct {
		name, body, code string
		http             int
		want             []string
	}{
		{"two", regions("us-east-1", "eu-west-1"), "", 200, []string{"eu-west-1", "us-east-1"}},
		{"denied", ec2Error("UnauthorizedOperation"), "UnauthorizedOperation", 403, nil},
		{"none", regions(), "", 200, nil},
		{"page of a proxy", xmlPage, "", 200, nil},
		{"another operation", strings.ReplaceAll(regions("eu-west-1"), "DescribeRegions", "DescribeVpcs"), "", 200, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			url, _ := byAction(t, test.http, test.body)
			withKey(t, url)
			account, err := Connect(t.Context(), "", "", untold)
			if err != nil {
				t.Fatal(err)
			}
			got, err := account.Regions(t.Context(), untold)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("regions (-want +got):\n%s", diff)
			}
			if (err == nil) != (test.want != nil) || ErrorCode(err) != test.code {
				t.Errorf("error is %v", err)
			}
		})
	}
}

func TestAttemptsAreThoseOfTheEnvironment(t *testing.T) {
	for _, attempts := range []int32{1, 2} {
		url, count := byAction(t, 503, ec2Error("RequestLimitExceeded"))
		withKey(t, url)
		t.Setenv("AWS_MAX_ATTEMPTS", fmt.Sprint(attempts))
		account, err := Connect(t.Context(), "", "", untold)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := account.clients("eu-west-1").DescribeImages(t.Context(), allImages()); err == nil {
			t.Error("no error")
		}
		if got := count.Load(); got != attempts {
			t.Errorf("%d attempts, want %d", got, attempts)
		}
	}
	if got := retryer(0)().MaxAttempts(); got != retryAttempts {
		t.Errorf("%d attempts by default", got)
	}
}

// Image Builder has a code of its own for throttling, which the SDK does not know.
func TestRetryerKnowsImageBuildersThrottling(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{
		"CallRateLimitExceededException": true, "RequestLimitExceeded": true, "UnauthorizedOperation": false,
		"ServiceException": false,
	}
	for code, want := range tests {
		if got := retryer(0)().IsErrorRetryable(refused(code)); got != want {
			t.Errorf("%s is asked again: %v", code, got)
		}
	}
}
