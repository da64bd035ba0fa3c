package awsstub

import (
	"maps"
	"slices"
	"strings"
)

// journal is what was asked, in order.
type journal struct {
	calls     map[string]int
	throttled map[string]int
	requests  []Request
	writes    []Request
}

func newJournal() journal { return journal{calls: map[string]int{}, throttled: map[string]int{}} }

// note records a request before it is answered.
func (j *journal) note(r Request, countOnly bool) {
	j.calls[r.Name()]++
	if !countOnly {
		j.requests = append(j.requests, r)
	}
	if !isRead(r.Action) {
		j.writes = append(j.writes, r)
	}
}

// isRead reports whether an action only reads, by its name. Assuming a role changes nothing either.
func isRead(action string) bool {
	return strings.HasPrefix(action, "Describe") || strings.HasPrefix(action, "Get") || strings.HasPrefix(action, "List") ||
		action == "AssumeRole"
}

// Calls returns how often each action was asked, by its IAM name ("ec2:DescribeImages"), whatever the answer was.
func (s *Stub) Calls() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.journal.calls)
}

// Throttled returns how often each action was refused as coming too fast, by an empty bucket or by a fault.
func (s *Stub) Throttled() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.journal.throttled)
}

// Requests returns all requests in the order in which they came; none of them under CountOnly.
func (s *Stub) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.journal.requests)
}

// Writes returns the requests for actions that don't read. They were refused; a scanner makes none.
func (s *Stub) Writes() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.journal.writes)
}
