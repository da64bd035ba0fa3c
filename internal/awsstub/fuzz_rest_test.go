package awsstub_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/awsstub"
)

// FuzzServeREST sends anything at all to the services whose paths mean something: every answer is whole JSON.
func FuzzServeREST(f *testing.F) {
	stub, err := awsstub.New(choiceWorld(), keys(), awsstub.CountOnly())
	if err != nil {
		f.Fatal(err)
	}
	f.Add("rbin", "POST", "/list-rules", "", `{"ResourceType":"EC2_IMAGE","MaxResults":1}`)
	f.Add("rbin", "GET", "/rules/r-image", "", "")
	f.Add("dlm", "GET", "/policies/", "policyIds=policy-1&policyIds=%00&state", "")
	f.Add("dlm", "GET", "//policies//%2f", "a=b;c", "")
	f.Add("imagebuilder", "POST", "/ListImageRecipes", "owner=x", `{"filters":[{"name":"","values":[null]}],"nextToken":"AAAA"}`)
	f.Add("imagebuilder", "PUT", "/", "", "\x00")
	f.Fuzz(func(t *testing.T, service, method, path, query, body string) {
		w := httptest.NewRecorder()
		r := &http.Request{Method: method, URL: &url.URL{Path: path, RawQuery: query}, Header: http.Header{}}
		r.Body = http.NoBody
		if body != "" {
			r.Body = httptest.NewRequest("POST", "/", strings.NewReader(body)).Body
		}
		r.Header.Set("Authorization", signature(ourKey, ireland, service))
		stub.ServeHTTP(w, r)
		checkWhole(t, w.Header().Get("Content-Type"), w.Body.Bytes())
	})
}
