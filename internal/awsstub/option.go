package awsstub

import (
	"maps"
	"time"
)

// Option changes how a stub behaves. Options are given to New, or to Apply between two calls of a test.
type Option func(*behaviour)

// behaviour is everything that options set.
type behaviour struct {
	credentials map[string]string
	latency     time.Duration
	now         time.Time
	pageSize    int
	countOnly   bool
	faults      []*rule
	emptyPages  map[string]int
	latecomers  map[string]int
	disabled    map[string]bool
	trust       trust
	sessionEnd  sessionEnd
	// delegates may list their organization; omitted are fields that Organizations does not tell.
	delegates, omitted []string
	// keepUnits is how many units of a source are held; 0 is the usual number.
	keepUnits int
	// buckets are the callers' tokens; nil is no limit.
	buckets *buckets
}

func newBehaviour() *behaviour {
	return &behaviour{emptyPages: map[string]int{}, latecomers: map[string]int{}, disabled: map[string]bool{},
		trust: trust{closed: map[string]bool{}}, sessionEnd: sessionEnd{clock: time.Now}}
}

// Credentials says which access key id acts as which account. Other keys are strangers, but for those of the roles that
// they assume. Without this option every key that is not temporary acts as the account of the first part.
func Credentials(accounts map[string]string) Option {
	return func(b *behaviour) { b.credentials = maps.Clone(accounts) }
}

// Latency delays every answer.
func Latency(d time.Duration) Option { return func(b *behaviour) { b.latency = d } }

// At sets the time by which images count as deprecated. Without it, it is the latest observation time of the parts.
func At(now time.Time) Option { return func(b *behaviour) { b.now = now } }

// PageSize bounds the items on a page, also below what a caller asks for with MaxResults, as AWS may.
func PageSize(n int) Option { return func(b *behaviour) { b.pageSize = n } }

// CountOnly keeps Calls and Writes but no Requests, so that a long benchmark needs no memory for them.
func CountOnly() Option { return func(b *behaviour) { b.countOnly = true } }

// Apply changes the behaviour of a stub that may already serve. Faults are added to those there are.
func (s *Stub) Apply(options ...Option) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, option := range options {
		option(s.behaviour)
	}
}
