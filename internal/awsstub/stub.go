// Package awsstub serves an inventory over AWS's own wire protocols, for tests, the demo and benchmarks. The scanner
// never imports it, and it imports no AWS SDK: what it knows of the wire stands in tables that the tests check against
// the SDK and the AWS CLI, two readers that nobody here wrote.
//
// One endpoint answers all services. Which one is asked, and in which region, comes from the credential scope of the
// request's signature; the account comes from the access key id, which may be that of an assumed role. The stub answers
// reads alone: everything else is recorded and refused.
//
// A fact that is known is served, one with the status denied is denied, one that is not_found or absent does not exist,
// nor does what stands in a listing and is not_visible. Absent permissions and grants are none, absent settings are
// AWS's defaults; key_rotation may be unsupported, as KMS may say of a key. New refuses the other statuses, and whatever
// else it could only serve wrongly.
package awsstub

import (
	"cmp"
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
	// catalog is what is served; of a source, what its global services serve.
	catalog *catalog
	// units holds what else a source has; nil without one.
	units *units
	*state
}

// state is what changes while a stub serves.
type state struct {
	mu        sync.Mutex
	behaviour *behaviour
	journal   journal
	sessions  sessionBook
	served    int
	// operations are those that were asked for.
	operations operations
}

// New returns a stub that serves the given parts. It fails on a document that cannot be served whole: a field without
// a known element name, a value of another type, a fact or kind that no call reads, an identity that contradicts
// itself. The error names the resource, the fact and the field.
func New(parts []inventory.Part, options ...Option) (*Stub, error) {
	c, err := newCatalog(parts)
	if err != nil {
		return nil, fmt.Errorf("awsstub: %w", err)
	}
	return newStub(c, nil, options), nil
}

// NewFrom returns a stub that serves a source. What its units hold is read as it is asked for, and the last few hundred
// are kept; a unit that cannot be served whole answers InternalError.
func NewFrom(source Source, options ...Option) (*Stub, error) {
	c, err := newGlobalCatalog(source)
	if err != nil {
		return nil, fmt.Errorf("awsstub: %w", err)
	}
	return newStub(c, newUnits(source, c), options), nil
}

func newStub(c *catalog, u *units, options []Option) *Stub {
	s := &Stub{catalog: c, units: u, state: newState()}
	s.behaviour.now = c.observed
	s.Apply(options...)
	if u != nil {
		u.most = max(cmp.Or(s.behaviour.keepUnits, usualUnits), 1)
	}
	return s
}

func newState() *state {
	return &state{behaviour: newBehaviour(), journal: newJournal(), sessions: newSessionBook()}
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
	deliver(w, r, answer)
}

// wait holds an answer back for the latency, or until nobody waits for it.
func (s *Stub) wait(ctx context.Context) {
	s.mu.Lock()
	latency := s.behaviour.latency
	s.mu.Unlock()
	pause(ctx, latency)
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
