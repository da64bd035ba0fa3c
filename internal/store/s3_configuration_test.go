package store

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/amiscan/amiscan/internal/outside"
)

// environment sends what a test opens to the fake.
func (f *fakeS3) environment(t *testing.T) {
	t.Helper()
	outside.WithoutAWS(t)
	for name, value := range f.variables() {
		t.Setenv(name, value)
	}
}

func (f *fakeS3) variables() map[string]string {
	return map[string]string{
		"AWS_ACCESS_KEY_ID": fakeKey, "AWS_SECRET_ACCESS_KEY": fakeSecret, "AWS_SESSION_TOKEN": fakeToken,
		"AWS_REGION": fakeRegion, "AWS_ENDPOINT_URL_S3": f.URL, "NO_PROXY": "127.0.0.1", "AWS_MAX_ATTEMPTS": "2",
	}
}

func TestEndpointOf(t *testing.T) {
	file := func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "config")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv("AWS_CONFIG_FILE", path)
	}
	const services = "[default]\nservices = mine\nendpoint_url = http://file\n" +
		"[services mine]\ns3 =\n  endpoint_url = http://file-s3\n"
	tests := []struct {
		name, file  string
		environment map[string]string
		want        string
	}{
		{"nothing", "", nil, "https://b.s3.eu-west-1.amazonaws.com/k"},
		{"all services", "", map[string]string{"AWS_ENDPOINT_URL": "http://all"}, "http://all/b/k"},
		{"S3 before all", "", map[string]string{"AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_S3": "https://own:9/x/"},
			"https://own:9/x/b/k"},
		{"file, all", "[default]\nendpoint_url = http://file\n", nil, "http://file/b/k"},
		{"file, S3", services, nil, "http://file-s3/b/k"},
		{"environment before file", services, map[string]string{"AWS_ENDPOINT_URL": "http://all"}, "http://all/b/k"},
		{"ignored", services, map[string]string{"AWS_ENDPOINT_URL": "http://all", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"},
			"https://b.s3.eu-west-1.amazonaws.com/k"},
		{"FIPS", "", map[string]string{"AWS_USE_FIPS_ENDPOINT": "true"}, "https://b.s3-fips.eu-west-1.amazonaws.com/k"},
		{"dual stack", "[default]\nuse_dualstack_endpoint = true\n", nil, "https://b.s3.dualstack.eu-west-1.amazonaws.com/k"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			outside.WithoutAWS(t)
			t.Setenv("AWS_REGION", "eu-west-1")
			for name, value := range test.environment {
				t.Setenv(name, value)
			}
			if test.file != "" {
				file(t, test.file)
			}
			cfg, err := loadConfig(t.Context(), Access{})
			if err != nil {
				t.Fatal(err)
			}
			e, err := endpointOf(t.Context(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := e.url(t.Context(), cfg.Region, "b", "k"); err != nil || got.String() != test.want {
				t.Errorf("address is %s, %v, want %s", got, err, test.want)
			}
		})
	}
	outside.WithoutAWS(t)
	t.Setenv("AWS_ENDPOINT_URL_S3", "127.0.0.1:9000")
	_, _, err := connectWithKey(t, Access{})
	wantError(t, err, "is no http:// or https:// address")
	t.Setenv("AWS_USE_FIPS_ENDPOINT", "true")
	_, _, err = connectWithKey(t, Access{})
	wantError(t, err, "can't be combined with FIPS")
}

func connectWithKey(t *testing.T, access Access) (*s3, place, error) {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "A")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "B")
	return connect(t.Context(), "s3://bucket/x", access)
}

func TestConnectFindsRegionAndProfile(t *testing.T) {
	outside.WithoutAWS(t)
	config := filepath.Join(t.TempDir(), "config")
	text := "[profile team]\nregion = eu-central-1\naws_access_key_id = TEAM\naws_secret_access_key = B\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CONFIG_FILE", config)
	client, p, err := connect(t.Context(), "s3://bucket/x", Access{Profile: "team", Region: "ap-south-1"})
	if err != nil {
		t.Fatal(err)
	}
	credentials, err := client.credentials.Retrieve(t.Context())
	if err != nil || credentials.AccessKeyID != "TEAM" || client.home() != "eu-central-1" || p != (place{"bucket", "x/"}) {
		t.Errorf("%s in %s, %v, %v", credentials.AccessKeyID, client.home(), p, err)
	}
	for region, want := range map[string]string{"": firstRegion, "cn-north-1": "cn-north-1"} {
		if client, _, err := connectWithKey(t, Access{Region: region}); err != nil || client.home() != want {
			t.Errorf("region %q: %v, %v", region, client, err)
		}
	}
}

func TestConnectWithoutCredentials(t *testing.T) {
	outside.WithoutAWS(t)
	for name, do := range map[string]func() error{
		"create": func() error { _, err := Create(t.Context(), "s3://bucket/x", manifest(), Access{}); return err },
		"open":   func() error { _, err := Open(t.Context(), "s3://bucket/x", Access{}); return err },
	} {
		err := do()
		wantError(t, err, name+" inventory: no AWS credentials for s3://bucket/x: ")
		wantHint(t, err, "aws sso login")
	}
	_, err := Open(t.Context(), "s3://bucket/x", Access{Profile: "nobody"})
	wantError(t, err, "open inventory: load AWS configuration: ")
}

// What listens behind a certificate of one's own is reached with AWS_CA_BUNDLE.
func TestConnectTakesTheCertificates(t *testing.T) {
	outside.WithoutAWS(t)
	path := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(path, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CA_BUNDLE", path)
	_, _, err := connectWithKey(t, Access{})
	wantError(t, err, "load AWS configuration: ")
}

func TestRetryer(t *testing.T) {
	t.Parallel()
	if got := retryer(0, nil).MaxAttempts(); got != callAttempts {
		t.Errorf("%d attempts", got)
	}
	if got := retryer(2, nil).MaxAttempts(); got != 2 {
		t.Errorf("%d attempts", got)
	}
	for code, want := range map[string]bool{
		"SlowDown": true, "InternalError": true, "ConditionalRequestConflict": true, "BadDigest": true, "AccessDenied": false,
		"PreconditionFailed": false, "NotImplemented": false, "ExpiredToken": false,
	} {
		if got := retryer(0, nil).IsErrorRetryable(&s3Error{code: code, status: 400}); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}
