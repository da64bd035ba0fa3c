package awsstub

import (
	"cmp"
	"net/http"
)

// trip returns the fault that hits a request, if any, and uses up one of its times.
func (s *Stub) trip(r Request) (Fault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, rule := range s.behaviour.faults {
		if rule.hit(r) {
			rule.hits++
			return rule.fault, true
		}
	}
	return Fault{}, false
}

func (u *rule) hit(r Request) bool {
	f := u.fault
	spent := f.Times > 0 && u.hits >= f.Times
	return !spent && u.action == r.Name() &&
		(f.ForAccount == "" || f.ForAccount == r.Account) &&
		(f.ForRegion == "" || f.ForRegion == r.Region) &&
		(!f.ForPages || r.asksFurther()) &&
		(f.ForID == "" || r.mentions(f.ForID))
}

// asksFurther reports whether a request asks for a further page, in whatever word its service has for it.
func (r Request) asksFurther() bool {
	return r.Parameters["NextToken"] != "" || r.Parameters["nextToken"] != "" || r.Parameters["Marker"] != ""
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
	}
	answer := reply{status: cmp.Or(f.Status, http.StatusOK), body: []byte(f.Body)}
	if f.Body != "" {
		answer.contentType = "text/html"
	}
	return answer
}
