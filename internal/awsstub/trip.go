package awsstub

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
)

// trip returns the fault that hits a request, if any, and uses up one of its times.
func (s *Stub) trip(r Request) (Fault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fault, ok := s.behaviour.trip(r)
	if fault.Throttle {
		s.journal.throttled[r.Name()]++
	}
	return fault, ok
}

// trip looks into the buckets first: what is throttled there goes no further.
func (b *behaviour) trip(r Request) (Fault, bool) {
	if b.buckets != nil && !b.buckets.take(r) {
		return Fault{Throttle: true}, true
	}
	for _, rule := range b.faults {
		if rule.hit(r) {
			rule.hits++
			return rule.fault, true
		}
	}
	return Fault{}, false
}

// hit counts a request that the fault could hit, and reports whether it does.
func (u *rule) hit(r Request) bool {
	f := u.fault
	if !u.fits(r) {
		return false
	}
	u.seen++
	spent := f.Times > 0 && u.hits >= f.Times
	return !spent && u.seen >= f.FromCall && (f.ToCall == 0 || u.seen <= f.ToCall) &&
		(f.Page == 0 || f.Page == r.page(u.seen))
}

// fits reports whether a request is one of those that the fault is limited to.
func (u *rule) fits(r Request) bool {
	f := u.fault
	return wild(u.action, r.Name()) &&
		(f.ForAccount == "" || f.ForAccount == r.Account) &&
		(f.ForRegion == "" || f.ForRegion == r.Region) &&
		(!f.ForPages || r.asksFurther()) &&
		(f.ForID == "" || r.mentions(f.ForID))
}

// page returns which page of a listing a request asks for; of a call without pages, the number of the call.
func (r Request) page(call int) int {
	switch token, further := r.token(); {
	case further:
		return tokenPage(token)
	case r.isPaged():
		return 1
	}
	return call
}

// isPaged reports whether an action has pages. Where no table of parameters says so, its name does.
func (r Request) isPaged() bool {
	if o, ok := operationNamed(r.Name()); ok && o.parameters != nil {
		return slices.Contains(o.parameters, "NextToken")
	}
	return strings.HasPrefix(r.Action, "List") || r.Name() == "ssm:DescribeParameters"
}

// asksFurther reports whether a request asks for a further page, in whatever word its service has for it.
func (r Request) asksFurther() bool {
	_, further := r.token()
	return further
}

// token returns the token of a further page.
func (r Request) token() (string, bool) {
	token := cmp.Or(r.Parameters["NextToken"], r.Parameters["nextToken"], r.Parameters["Marker"])
	return token, token != ""
}

// mentions reports whether any parameter has the given value.
func (r Request) mentions(value string) bool {
	for _, v := range r.Parameters {
		if v == value {
			return true
		}
	}
	return false
}

// spoil returns the answer under a fault; right gives the answer that there would have been.
func (f Fault) spoil(v service, requestID string, right func() reply) reply {
	answer := f.say(v, requestID, right)
	answer.travel = f.travel()
	return answer
}

// say returns what the answer says under a fault.
func (f Fault) say(v service, requestID string, right func() reply) reply {
	switch {
	case f.Deny:
		return v.protocol.failure(v.denied, requestID)
	case f.Throttle:
		return v.protocol.failure(v.throttled, requestID)
	case f.Truncate:
		whole := right()
		whole.body = whole.body[:len(whole.body)/2]
		return whole
	case f.Code != "":
		e := apiError{cmp.Or(f.Status, http.StatusBadRequest), f.Code, "The stub was told to fail."}
		return v.protocol.failure(e, requestID)
	case f.Status == 0 && f.Body == "" && f.travel() != travel{}:
		return right()
	}
	answer := reply{status: cmp.Or(f.Status, http.StatusOK), body: []byte(f.Body)}
	if f.Body != "" {
		answer.contentType = "text/html"
	}
	return answer
}
