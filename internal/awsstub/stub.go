// Package awsstub serves an inventory over AWS's own wire protocols, for tests, the demo and benchmarks. The scanner
// never imports it, and it imports no AWS SDK: what it knows of the wire stands in tables that the tests check against
// the SDK and the AWS CLI, two readers that nobody here wrote.
//
// One endpoint answers all services. Which one is asked, and in which region, comes from the credential scope of the
// request's signature; the account comes from the access key id. The stub answers reads alone: everything else is
// recorded and refused.
//
// A fact that is known is served, one with the status denied is denied, one that is not_found or absent does not exist,
// nor does what stands in a listing and is not_visible. Absent permissions and grants are none, absent settings are
// AWS's defaults; key_rotation may be unsupported, as KMS may say of a key. New refuses the other statuses, and whatever
// else it could only serve wrongly.
package awsstub

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Stub is an http.Handler that answers as AWS would for the parts of an inventory. It is safe for concurrent use.
type Stub struct {
	catalog *catalog

	mu        sync.Mutex
	behaviour *behaviour
	journal   journal
	served    int
}

// New returns a stub that serves the given parts. It fails on a document that cannot be served whole: a field without
// a known element name, a value of another type, a fact or kind that no call reads, an identity that contradicts
// itself. The error names the resource, the fact and the field.
func New(parts []inventory.Part, options ...Option) (*Stub, error) {
	c, err := newCatalog(parts)
	if err != nil {
		return nil, fmt.Errorf("awsstub: %w", err)
	}
	s := &Stub{catalog: c, behaviour: newBehaviour(), journal: journal{calls: map[string]int{}}}
	s.behaviour.now = c.observed
	s.Apply(options...)
	return s, nil
}

// Start serves on a free port of the loopback interface. It returns the endpoint's URL and the function that stops it
// and closes all connections.
func (s *Stub) Start() (url string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("awsstub: listen on loopback: %w", err)
	}
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener) // ends with ErrServerClosed when stopped
	}()
	stop = func() {
		_ = server.Close()
		<-done
	}
	return "http://" + listener.Addr().String(), stop, nil
}

// ServeHTTP answers one request.
func (s *Stub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := readBody(w, r)
	s.wait(r.Context())
	var answer reply
	if err != nil {
		answer = s.refuse(r.Header, err)
	} else {
		answer = s.answer(message{r.Method, r.URL, r.Header, body})
	}
	write(w, answer)
}

// wait holds an answer back for the latency, or until nobody waits for it.
func (s *Stub) wait(ctx context.Context) {
	s.mu.Lock()
	latency := s.behaviour.latency
	s.mu.Unlock()
	if latency <= 0 {
		return
	}
	timer := time.NewTimer(latency)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

func write(w http.ResponseWriter, r reply) {
	if r.contentType != "" {
		w.Header().Set("Content-Type", r.contentType)
	}
	for name, value := range r.headers {
		w.Header().Set(name, value)
	}
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body) // a caller that went away needs no answer
}

// asAPIError returns an error as AWS would answer it; one that is none is the stub's own.
func asAPIError(err error) apiError {
	var api *apiError
	if errors.As(err, &api) {
		return *api
	}
	return apiError{http.StatusInternalServerError, "InternalError", err.Error()}
}
