package store

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
	"testing"

	"github.com/amiscan/amiscan/internal/outside"
)

// TestMotoKeepsInventories puts and reads an inventory with a server that nobody here wrote.
func TestMotoKeepsInventories(t *testing.T) {
	program := outside.OrLeftOut(t, outside.Moto)
	if program == "" {
		return
	}
	address := oneAtATime(t, outside.StartMoto(t, program))
	makeBucket(t, address)
	outside.WithoutAWS(t)
	variables := (&fakeS3{Server: &httptest.Server{URL: address}}).variables()
	for name, value := range variables {
		t.Setenv(name, value)
	}
	const location = "s3://" + fakeBucket + "/audit of/2026-11-23 ü+"
	processes(t, location, variables)
	s, err := Create(t.Context(), location, manifest(), Access{})
	if err != nil {
		t.Fatal(err)
	}
	whole(t, s)
	for i := range 1100 { // more than one page
		if err := s.Put(t.Context(), part("7", fmt.Sprintf("s%04d", i), "a")); err != nil {
			t.Fatal(err)
		}
	}
	opened, err := Open(t.Context(), location, Access{})
	if err != nil {
		t.Fatal(err)
	}
	if units, err := opened.Units(t.Context()); err != nil || len(units) != workerUnits+1100 {
		t.Errorf("%d units, %v", len(units), err)
	}
	if err := s.(*Bucket).client.put(t.Context(), "x", []byte("1")); err != nil {
		t.Error(err)
	}
	if err := s.(*Bucket).client.put(t.Context(), "x", []byte("2")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("put twice: %v", err)
	}
	if data, err := s.(*Bucket).client.get(t.Context(), "x", 10); err != nil || string(data) != "1" {
		t.Errorf("got %q, %v", data, err)
	}
	_, err = opened.Part(t.Context(), unit("8", "r"))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a part that is not there: %v", err)
	}
	_, err = Create(t.Context(), "s3://"+fakeBucket, manifest(), Access{})
	wantError(t, err, "is used for something else")
	_, err = Create(t.Context(), "s3://no-such-bucket-here/x", manifest(), Access{})
	wantError(t, err, "NoSuchBucket")
	wantHint(t, err, "amiscan makes no buckets")
}

// oneAtATime stands before moto, which looks for an object and stores it in two steps that others may come between.
func oneAtATime(t *testing.T, address string) string {
	t.Helper()
	target, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	var puts sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			puts.Lock()
			defer puts.Unlock()
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// makeBucket makes the bucket, which amiscan never does.
func makeBucket(t *testing.T, address string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, address+"/"+fakeBucket, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=testing/20260102/us-east-1/s3/aws4_request, "+
		"SignedHeaders=host, Signature=0")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("moto answers %s", response.Status)
	}
}
