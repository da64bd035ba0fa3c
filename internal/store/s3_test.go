package store

import (
	"cmp"
	"context"
	"encoding/pem"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
)

// answering lets a fake answer one operation by itself, a number of times.
func (f *fakeS3) answering(operation string, times int, answer http.HandlerFunc) {
	f.before = func(w http.ResponseWriter, r *http.Request, made, _ string) bool {
		if made != operation || times == 0 {
			return false
		}
		times--
		answer(w, r)
		return true
	}
}

func refusing(status int, code string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { refuse(w, status, code) }
}

func saying(status int, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(text))
	}
}

func TestRefusalsAreOneClearLine(t *testing.T) {
	t.Parallel()
	const html = "<!DOCTYPE html><html><body>Sign in</body></html>"
	tests := []struct {
		name, operation string
		answer          http.HandlerFunc
		want, hint      string
		calls           int
	}{
		{"denied put", "PutObject", refusing(403, "AccessDenied"),
			"PutObject s3://audit-bucket/a/b/manifest.json in eu-west-1: AccessDenied: no AccessDenied (request REQ1)", "s3:PutObject", 1},
		{"denied get", "GetObject", refusing(403, "AccessDenied"), "GetObject s3://audit-bucket/a/b/manifest.json in", "s3:ListBucket", 1},
		{"denied list", "ListObjectsV2", refusing(403, "AccessDenied"), "ListObjectsV2 s3://audit-bucket in eu-west-1: AccessDenied",
			"s3:ListBucket", 1},
		{"no bucket", "GetObject", refusing(404, "NoSuchBucket"), "NoSuchBucket", "spelt right", 1},
		{"expired", "GetObject", refusing(400, "ExpiredToken"), "ExpiredToken", "sign in again", 1},
		{"clock", "GetObject", refusing(403, "RequestTimeTooSkewed"), "RequestTimeTooSkewed", "clock is wrong", 1},
		{"unknown key", "GetObject", refusing(403, "InvalidAccessKeyId"), "InvalidAccessKeyId", "access key", 1},
		{"moved nowhere", "GetObject", refusing(301, "PermanentRedirect"), "PermanentRedirect", "AWS_REGION", 1},
		{"archived", "GetObject", refusing(403, "InvalidObjectState"), "InvalidObjectState", "restore", 1},
		{"busy for long", "GetObject", refusing(503, "SlowDown"), "SlowDown", "", 4},
		{"conflict for long", "PutObject", refusing(409, "ConditionalRequestConflict"), "ConditionalRequestConflict", "", 4},
		{"page of a proxy, refused", "GetObject", saying(403, html), "in eu-west-1: status 403", "", 1},
		{"page of a proxy, no such object", "GetObject", saying(404, html), "in eu-west-1: status 404", "", 1},
		{"page of a proxy, got", "GetObject", saying(200, html), "the answer has no ETag: it is not from S3", "", 1},
		{"page of a proxy, put", "PutObject", saying(200, html), "the answer has no ETag: it is not from S3", "", 1},
		{"page of a proxy, listed", "ListObjectsV2", saying(200, html), "ListObjectsV2 s3://audit-bucket/a/b: read listing: ", "", 1},
		{"page of a proxy, redirect", "GetObject", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}, "in eu-west-1: status 307", "", 1},
		{"endless refusal", "GetObject", saying(400, strings.Repeat("x", maxRefusal+1)), "larger than 1048576 bytes", "", 1},
		{"not modified", "PutObject", saying(304, ""), "in eu-west-1: status 304", "", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := startFake(t)
			f.answering(test.operation, -1, test.answer)
			_, err := createBucket(t.Context(), f.client(), place{fakeBucket, "a/b/"}, manifest())
			wantError(t, err, "create inventory: ")
			wantError(t, err, test.want)
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %v", err)
			}
			if test.hint != "" {
				wantHint(t, err, test.hint)
			}
			if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist) {
				t.Errorf("reads as an answer: %v", err)
			}
			if got := f.count(test.operation); got != test.calls {
				t.Errorf("%d calls, want %d", got, test.calls)
			}
			if len(f.written) > 0 {
				t.Errorf("wrote %v", f.written)
			}
		})
	}
}

// cut promises more than it sends.
func cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Etag", `"e"`)
	w.Header().Set("Content-Length", "1000")
	_, _ = w.Write([]byte("half"))
}

func TestCallsAreMadeAgain(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, operation string
		answer          http.HandlerFunc
	}{
		{"conflict", "PutObject", refusing(409, "ConditionalRequestConflict")},
		{"busy put", "PutObject", refusing(503, "SlowDown")},
		{"broken on the way", "PutObject", refusing(400, "BadDigest")},
		{"internal error", "ListObjectsV2", refusing(500, "InternalError")},
		{"bad gateway", "GetObject", saying(502, "")},
		{"answer cut off", "GetObject", cut},
		{"listing cut off", "ListObjectsV2", cut},
		{"connection cut off", "PutObject", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := startFake(t)
			f.answering(test.operation, 3, test.answer)
			b := f.create("r")
			if got := collect(t, b); len(got) != 1 {
				t.Errorf("%d parts", len(got))
			}
		})
	}
}

// A put that got through but whose answer was lost is found done by the next attempt.
func TestPutWhoseAnswerWasLost(t *testing.T) {
	t.Parallel()
	f := startFake(t)
	b := f.create()
	lost := false
	f.before = func(w http.ResponseWriter, r *http.Request, operation, key string) bool {
		if operation != "PutObject" || lost {
			return false
		}
		lost = true
		f.before = nil
		f.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	}
	if err := b.Put(t.Context(), part("1", "r", "a")); err != nil {
		t.Fatal(err)
	}
	if got := collect(t, b); len(got) != 1 || !lost {
		t.Errorf("%d parts", len(got))
	}
}

func TestDamagedObjectsAreErrors(t *testing.T) {
	t.Parallel()
	with := func(header map[string]string, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Etag", `"e"`)
			for name, value := range header {
				w.Header().Set(name, value)
			}
			_, _ = w.Write([]byte(text))
			if header["Flush"] != "" {
				w.(http.Flusher).Flush()
			}
		}
	}
	tests := []struct {
		name   string
		answer http.HandlerFunc
		limit  int64
		want   string
	}{
		{"sound", with(map[string]string{checksumHeader: checksum([]byte("abc"))}, "abc"), 3, ""},
		{"length only", with(nil, "abc"), 3, ""},
		{"checksum of checksums", with(map[string]string{checksumHeader: "AAAA-3"}, "abc"), 3, ""},
		{"other bytes", with(map[string]string{checksumHeader: checksum([]byte("abd"))}, "abc"), 3, "do not match their checksum"},
		{"too large", with(nil, "abcd"), 3, "larger than 3 bytes"},
		{"neither length nor checksum", with(map[string]string{"Flush": "1"}, "abc"), 3, "neither its length nor its checksum"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := startFake(t)
			f.answering("GetObject", -1, test.answer)
			data, err := f.client().get(t.Context(), "k", test.limit)
			switch {
			case test.want != "":
				wantError(t, err, "GetObject s3://audit-bucket/k")
				wantError(t, err, test.want)
			case err != nil || string(data) != "abc":
				t.Errorf("%q, %v", data, err)
			}
			if f.count("GetObject") != 1 {
				t.Errorf("%d calls", f.count("GetObject"))
			}
		})
	}
}

// rerouted sends every request to the fake, whatever its host, and notes the hosts.
type rerouted struct {
	to    *url.URL
	hosts *[]string
}

func (r rerouted) RoundTrip(request *http.Request) (*http.Response, error) {
	*r.hosts = append(*r.hosts, request.URL.Host)
	rerouted := request.Clone(request.Context())
	rerouted.Host, rerouted.URL.Host, rerouted.URL.Scheme = request.URL.Host, r.to.Host, r.to.Scheme
	return http.DefaultTransport.RoundTrip(rerouted)
}

// onAWS is a client that believes to speak to AWS.
func (f *fakeS3) onAWS() (client *s3, hosts *[]string) {
	client, hosts = f.client(), new([]string)
	client.http.Transport = rerouted{client.endpoint.custom, hosts}
	client.endpoint = endpoint{}
	return client, hosts
}

func TestBucketsOfOtherRegionsAreFollowedOnce(t *testing.T) {
	t.Parallel()
	for _, status := range []int{301, 307, 400, 403} {
		f := startFake(t)
		f.region = "us-gov-west-1"
		f.before = func(w http.ResponseWriter, r *http.Request, _, _ string) bool {
			if strings.HasPrefix(r.Host, "audit-bucket.s3.eu-west-1.") {
				w.Header().Set("X-Amz-Bucket-Region", f.region)
				w.Header().Set("Location", "https://evil.example/")
				refuse(w, status, "PermanentRedirect")
				return true
			}
			return false
		}
		client, hosts := f.onAWS()
		if _, err := createBucket(t.Context(), client, place{fakeBucket, ""}, manifest()); err != nil {
			t.Fatal(err)
		}
		first, then := "audit-bucket.s3.eu-west-1.amazonaws.com", "audit-bucket.s3.us-gov-west-1.amazonaws.com"
		if diff := gocmp.Diff([]string{first, then, then, then, then, then}, *hosts); diff != "" {
			t.Errorf("%d: hosts (-want +got):\n%s", status, diff)
		}
	}
}

func TestEndpointsThatWantAnotherRegionAreSignedFor(t *testing.T) {
	t.Parallel()
	f := startFake(t)
	f.region = "eu-central-2"
	f.create("r")
	if got := f.count("GetObject"); got != 3 {
		t.Errorf("%d calls, want one more than usual", got)
	}
}

func TestRedirectsEnd(t *testing.T) {
	t.Parallel()
	const first, second = "audit-bucket.s3.eu-west-1.amazonaws.com", "audit-bucket.s3.us-east-1.amazonaws.com"
	tests := []struct {
		name, elsewhere string
		hosts           []string
	}{
		{"back and forth", "", []string{first, second, second}},
		{"no region", "evil.example/", []string{first, first}},
		{"a port", "eu-west-1.evil.example:443#", []string{first, first}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := startFake(t)
			f.before = func(w http.ResponseWriter, r *http.Request, _, _ string) bool {
				other := map[string]string{first: "us-east-1", second: "eu-west-1"}[r.Host]
				w.Header().Set("X-Amz-Bucket-Region", cmp.Or(test.elsewhere, other))
				refuse(w, 301, "PermanentRedirect")
				return true
			}
			client, hosts := f.onAWS()
			for range 2 {
				_, err := openBucket(t.Context(), client, place{fakeBucket, ""})
				wantError(t, err, "PermanentRedirect")
			}
			if diff := gocmp.Diff(test.hosts, *hosts); diff != "" {
				t.Errorf("hosts (-want +got):\n%s", diff)
			}
		})
	}
}

// A server that takes the connection and says nothing is given up, and that is no interruption of the run.
func TestNobodySpeaks(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]func(http.ResponseWriter){
		"at all": func(http.ResponseWriter) {},
		"any more": func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "9")
			_, _ = w.Write([]byte("half"))
			w.(http.Flusher).Flush()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := startFake(t)
			f.answering("GetObject", -1, func(w http.ResponseWriter, r *http.Request) {
				before(w)
				<-r.Context().Done()
			})
			client := f.client()
			client.silence = 20 * time.Millisecond
			_, err := client.get(t.Context(), "k", 10)
			wantError(t, err, "GetObject s3://audit-bucket/k in eu-west-1: not a byte has moved for 20ms: i/o timeout")
			if errors.Is(err, context.Canceled) || f.count("GetObject") != 4 {
				t.Errorf("after %d calls: %v", f.count("GetObject"), err)
			}
		})
	}
}

func TestNobodyAnswers(t *testing.T) {
	t.Parallel()
	f := startFake(t)
	client := f.client()
	f.Close()
	_, err := openBucket(t.Context(), client, place{fakeBucket, ""})
	if !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("error is %v", err)
	}
	wantError(t, err, "open inventory: GetObject s3://audit-bucket/manifest.json in eu-west-1: dial tcp 127.0.0.1:")
}

// A server with a certificate of its own is reached with AWS_CA_BUNDLE, and without it refused at once.
func TestCertificates(t *testing.T) {
	f := startFake(t)
	f.environment(t)
	secure := httptest.NewTLSServer(f)
	t.Cleanup(secure.Close)
	t.Setenv("AWS_ENDPOINT_URL_S3", secure.URL)
	_, err := Create(t.Context(), "s3://"+fakeBucket, manifest(), Access{})
	wantError(t, err, "failed to verify certificate")
	path := filepath.Join(t.TempDir(), "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw})
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CA_BUNDLE", path)
	if _, err := Create(t.Context(), "s3://"+fakeBucket, manifest(), Access{}); err != nil {
		t.Error(err)
	}
}

// A large part asks before it sends: what is there already does not travel twice.
func TestLargePutsAskFirst(t *testing.T) {
	t.Parallel()
	f := startFake(t)
	f.objects["k"] = nil
	sent := 0
	f.before = func(w http.ResponseWriter, r *http.Request, _, _ string) bool {
		if r.Header.Get("Expect") == "100-continue" {
			refuse(w, 412, "PreconditionFailed") // without having read
		} else {
			sent++
		}
		return r.Header.Get("Expect") != ""
	}
	if err := f.client().put(t.Context(), "k", make([]byte, 8<<20)); !errors.Is(err, fs.ErrExist) || sent != 0 {
		t.Errorf("error is %v, sent %d", err, sent)
	}
	f.before = nil
	if err := f.client().put(t.Context(), "new", make([]byte, 8<<20)); err != nil || len(f.objects["new"]) != 8<<20 {
		t.Errorf("error is %v", err)
	}
}
