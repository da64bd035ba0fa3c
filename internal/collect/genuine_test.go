package collect

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// endless gives bytes without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

type answerer func(*http.Request) (*http.Response, error)

func (a answerer) Do(r *http.Request) (*http.Response, error) { return a(r) }

var _ aws.HTTPClient = answerer(nil)

func TestAnswersAreBounded(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		body io.Reader
		read int64
		err  error
	}{
		{"short", strings.NewReader("short"), 5, nil},
		{"at the limit", io.LimitReader(endless{}, answerLimit), answerLimit, nil},
		{"one byte more", io.LimitReader(endless{}, answerLimit+1), answerLimit, errTooLong},
		{"without an end", endless{}, answerLimit, errTooLong},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client := bounded{answerer(func(*http.Request) (*http.Response, error) {
				return &http.Response{Body: io.NopCloser(test.body)}, nil
			})}
			response, err := client.Do(&http.Request{})
			if err != nil {
				t.Fatal(err)
			}
			n, err := io.Copy(io.Discard, response.Body)
			if n != test.read || !errors.Is(err, test.err) || (err == nil) != (test.err == nil) {
				t.Errorf("read %d bytes and %v, want %d and %v", n, err, test.read, test.err)
			}
		})
	}
}

func TestRootName(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"<a/>": "a", "<?xml version='1.0'?>\n<!-- <b> --><a x='y'>": "a", "": "", "{}": "", "<?xml version='1.0'?>": "",
		"<!DOCTYPE html><html>": "html", "<ns:a xmlns:ns='x'>": "a", "<a": "",
	}
	for text, want := range tests {
		if got := rootName([]byte(text)); got != want {
			t.Errorf("root of %q is %q, want %q", text, got, want)
		}
	}
}

// FuzzRootName takes what strangers' servers send.
func FuzzRootName(f *testing.F) {
	f.Add([]byte(imagesOf))
	f.Add([]byte(htmlPage))
	f.Fuzz(func(t *testing.T, start []byte) {
		if name := rootName(start); len(name) > len(start) {
			t.Errorf("%q is longer than %q", name, start)
		}
	})
}
