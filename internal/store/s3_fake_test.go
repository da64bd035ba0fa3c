package store

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

const (
	fakeBucket = "audit-bucket"
	fakeRegion = "eu-west-1"
	fakeKey    = "AKIDEXAMPLE"
	fakeSecret = "wJalr/secret"
	fakeToken  = "session+token="
)

// fakeS3 is a strict S3 with one bucket. It refuses what S3 refuses, and, as a failure of the test, what amiscan must never
// send: a put without condition or checksum, an ACL, an encryption, a fourth kind of call.
type fakeS3 struct {
	*httptest.Server
	t       *testing.T
	region  string
	perPage int
	// unconditional servers take no notice of If-None-Match.
	unconditional bool
	// before, unless it is nil, may answer a call itself and then returns true.
	before func(w http.ResponseWriter, r *http.Request, operation, key string) bool

	mu      sync.Mutex
	objects map[string][]byte
	// calls counts calls by operation, written how often each key was stored.
	calls, written map[string]int
}

func startFake(t *testing.T) *fakeS3 {
	t.Helper()
	f := &fakeS3{
		t: t, region: fakeRegion, perPage: 1000,
		objects: map[string][]byte{}, calls: map[string]int{}, written: map[string]int{},
	}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

// client is a client of the fake that waits for nothing.
func (f *fakeS3) client() *s3 {
	address, err := url.Parse(f.URL)
	if err != nil {
		f.t.Fatal(err)
	}
	return newS3(fakeConfig(), endpoint{custom: address}, fakeBucket)
}

func fakeConfig() aws.Config {
	soon := retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return time.Millisecond, nil })
	return aws.Config{
		Region: fakeRegion, Credentials: credentials.NewStaticCredentialsProvider(fakeKey, fakeSecret, fakeToken),
		Retryer: func() aws.Retryer { return retryer(4, soon) },
	}
}

// create begins an inventory in the fake.
func (f *fakeS3) create(parts ...string) *Bucket {
	f.t.Helper()
	b, err := createBucket(f.t.Context(), f.client(), place{fakeBucket, "a/b/"}, manifest())
	if err != nil {
		f.t.Fatal(err)
	}
	for _, name := range parts {
		if err := b.Put(f.t.Context(), part("1", name, name)); err != nil {
			f.t.Fatal(err)
		}
	}
	return b
}

func (f *fakeS3) count(operation string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[operation]
}

func (f *fakeS3) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key, ok := f.keyOf(r)
	operation := map[string]string{http.MethodPut: "PutObject", http.MethodGet: "GetObject"}[r.Method]
	if r.URL.Query().Has("list-type") {
		operation = "ListObjectsV2"
	}
	f.mu.Lock()
	f.calls[operation]++
	f.mu.Unlock()
	if f.before != nil && f.before(w, r, operation, key) {
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // cut off on purpose
	}
	if !ok {
		refuse(w, 404, "NoSuchBucket")
		return
	}
	scope, problem := verify(r, body)
	switch {
	case problem != nil:
		f.t.Errorf("%s %s: %v", r.Method, r.URL, problem)
		refuse(w, 403, "SignatureDoesNotMatch")
	case scope != f.region:
		w.Header().Set("X-Amz-Bucket-Region", f.region)
		refuse(w, 400, "AuthorizationHeaderMalformed")
	default:
		f.serve(w, r, operation, key, body)
	}
}

// keyOf understands both styles.
func (f *fakeS3) keyOf(r *http.Request) (string, bool) {
	if strings.HasPrefix(r.Host, fakeBucket+".") {
		return strings.TrimPrefix(r.URL.Path, "/"), true
	}
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	return key, bucket == fakeBucket
}

func (f *fakeS3) serve(w http.ResponseWriter, r *http.Request, operation, key string, body []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch operation {
	case "PutObject":
		f.put(w, r, key, body)
	case "ListObjectsV2":
		f.list(w, r.URL.Query())
	case "GetObject":
		data, ok := f.objects[key]
		if !ok {
			refuse(w, 404, "NoSuchKey")
			return
		}
		w.Header().Set("Etag", `"e"`)
		if r.Header.Get("X-Amz-Checksum-Mode") == "ENABLED" {
			w.Header().Set(checksumHeader, checksum(data))
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		_, _ = w.Write(data)
	default:
		f.t.Errorf("called %s %s", r.Method, r.URL)
	}
}

func (f *fakeS3) put(w http.ResponseWriter, r *http.Request, key string, body []byte) {
	for name := range r.Header {
		if lower := strings.ToLower(name); strings.Contains(lower, "acl") || strings.Contains(lower, "encryption") ||
			strings.Contains(lower, "grant") || strings.Contains(lower, "tagging") {
			f.t.Errorf("a put has the header %s", name)
		}
	}
	if r.Header.Get("If-None-Match") != "*" {
		f.t.Errorf("a put of %s has no condition", key)
	}
	if r.Header.Get(checksumHeader) != checksum(body) {
		f.t.Errorf("a put of %s has the checksum %q", key, r.Header.Get(checksumHeader))
		refuse(w, 400, "BadDigest")
		return
	}
	if _, there := f.objects[key]; there && !f.unconditional {
		refuse(w, 412, "PreconditionFailed")
		return
	}
	f.objects[key] = bytes.Clone(body)
	f.written[key]++
	w.Header().Set("Etag", `"e"`)
}

// list pages as S3 does: by keys in the order of their bytes, behind the last one.
func (f *fakeS3) list(w http.ResponseWriter, query url.Values) {
	type line struct {
		Key  string
		Size int
	}
	var answer struct {
		XMLName               xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListBucketResult"`
		Name, Prefix          string
		KeyCount              int
		IsTruncated           bool
		NextContinuationToken string `xml:",omitempty"`
		Contents              []line
	}
	answer.Name, answer.Prefix = fakeBucket, query.Get("prefix")
	most, _ := strconv.Atoi(query.Get("max-keys"))
	after, _ := strings.CutPrefix(query.Get("continuation-token"), "behind ")
	for _, key := range slices.Sorted(maps.Keys(f.objects)) {
		if !strings.HasPrefix(key, answer.Prefix) || key <= after {
			continue
		}
		if len(answer.Contents) == min(most, f.perPage) {
			answer.IsTruncated = true
			answer.NextContinuationToken = "behind " + answer.Contents[len(answer.Contents)-1].Key
			break
		}
		answer.Contents = append(answer.Contents, line{key, len(f.objects[key])})
	}
	answer.KeyCount = len(answer.Contents)
	_ = xml.NewEncoder(w).Encode(answer)
}

// refuse answers as S3 refuses.
func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("X-Amz-Request-Id", "REQ1")
	w.WriteHeader(status)
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+
		`<Error><Code>%s</Code><Message>no %s</Message><RequestId>REQ1</RequestId></Error>`, code, code)
}

// verify is signature version 4 as the S3 API describes it ("Signature calculations for the authorization header"), written
// from that page and not with the SDK. It returns the region of the scope.
func verify(r *http.Request, body []byte) (string, error) {
	words := strings.NewReplacer(",", " ", "Credential=", "", "SignedHeaders=", "", "Signature=", "").
		Replace(r.Header.Get("Authorization"))
	fields := strings.Fields(words)
	if len(fields) != 4 || fields[0] != "AWS4-HMAC-SHA256" {
		return "", fmt.Errorf("authorization is %q", r.Header.Get("Authorization"))
	}
	scope := strings.Split(fields[1], "/") // key, day, region, service, aws4_request
	if len(scope) != 5 || scope[0] != fakeKey || scope[3] != "s3" || scope[4] != "aws4_request" {
		return "", fmt.Errorf("credential is %q", fields[1])
	}
	if hash := sha256.Sum256(body); r.Header.Get("X-Amz-Content-Sha256") != hex.EncodeToString(hash[:]) {
		return "", errors.New("the hash of the body does not match")
	}
	if r.Header.Get("Accept-Encoding") != "identity" {
		return "", errors.New("the answer may come packed")
	}
	signed := strings.Split(fields[2], ";")
	for name := range r.Header {
		lower := strings.ToLower(name)
		must := strings.HasPrefix(lower, "x-amz-") || lower == "if-none-match" || lower == "content-type"
		if must && !slices.Contains(signed, lower) {
			return "", fmt.Errorf("%s is not signed", name)
		}
	}
	canonical, err := canonicalRequest(r, signed)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(canonical))
	text := strings.Join([]string{
		"AWS4-HMAC-SHA256", r.Header.Get("X-Amz-Date"), strings.Join(scope[1:], "/"), hex.EncodeToString(sum[:]),
	}, "\n")
	key := []byte("AWS4" + fakeSecret)
	for _, word := range append(scope[1:], text) {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(word))
		key = mac.Sum(nil)
	}
	if hex.EncodeToString(key) != fields[3] {
		return "", fmt.Errorf("the signature does not match:\n%s", canonical)
	}
	if r.Header.Get("X-Amz-Security-Token") != fakeToken {
		return "", errors.New("the session token is missing")
	}
	return scope[2], nil
}

func canonicalRequest(r *http.Request, signed []string) (string, error) {
	path, query, _ := strings.Cut(r.RequestURI, "?")
	if path != encoded(r.URL.Path, true) {
		return "", fmt.Errorf("the path %q is not escaped as S3 does", path)
	}
	var terms []string
	for name, values := range r.URL.Query() {
		for _, value := range values {
			terms = append(terms, encoded(name, false)+"="+encoded(value, false))
		}
	}
	slices.Sort(terms)
	if (query == "") != (len(terms) == 0) {
		return "", fmt.Errorf("the query is %q", query)
	}
	lines := []string{r.Method, path, strings.Join(terms, "&")}
	for _, name := range signed {
		value := r.Header.Get(name)
		switch name {
		case "host":
			value = r.Host
		case "content-length":
			value = strconv.FormatInt(r.ContentLength, 10)
		}
		lines = append(lines, name+":"+value)
	}
	lines = append(lines, "", strings.Join(signed, ";"), r.Header.Get("X-Amz-Content-Sha256"))
	return strings.Join(lines, "\n"), nil
}

// encoded is UriEncode of the same page.
func encoded(text string, slash bool) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		plain := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
		if plain || slash && c == '/' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
