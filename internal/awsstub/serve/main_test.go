package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestServe starts the program, asks it once as it says, and ends it.
func TestServe(t *testing.T) {
	t.Parallel()
	ctx, end := context.WithCancel(t.Context())
	out, in := io.Pipe()
	var messages bytes.Buffer
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, []string{"-accounts", "30", "-regions", "eu-west-1,us-east-1", "-buckets", "20"}, in, &messages)
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	for _, pair := range strings.Fields(line) {
		name, value, _ := strings.Cut(pair, "=")
		told[name] = value
	}
	body := ask(t, told, "sts", "Action=GetCallerIdentity&Version=2011-06-15")
	if !strings.Contains(body, "<Account>300000000000</Account>") || told["AWS_REGION"] != "us-east-1" {
		t.Errorf("%s answers %s", line, body)
	}
	end()
	if err := <-done; err != nil || messages.String() != "1 requests, 0 of them throttled, 0 that write\n" {
		t.Errorf("got %v, %q", err, messages.String())
	}
}

// ask sends a request as the environment says.
func ask(t *testing.T, environment map[string]string, service, body string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, environment["AWS_ENDPOINT_URL"], strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+environment["AWS_ACCESS_KEY_ID"]+"/20261122/"+
		environment["AWS_REGION"]+"/"+service+"/aws4_request, SignedHeaders=host, Signature=0")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	for _, arguments := range []string{"-accounts 0", "-regions eu-west-1,eu-west-1", "-buckets -1", "-listen 127.0.0.1:x", "more", "-what"} {
		if err := run(t.Context(), strings.Fields(arguments), io.Discard, io.Discard); err == nil {
			t.Errorf("%s: it serves", arguments)
		}
	}
}

func TestHasten(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	clock := hasten(func() time.Time { return now }, 20)
	begin := clock()
	now = now.Add(time.Second)
	if passed := clock().Sub(begin); passed != 20*time.Second {
		t.Errorf("%v have passed, want 20s", passed)
	}
}
