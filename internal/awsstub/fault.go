package awsstub

import (
	"strings"
	"time"
)

// Fault is one way in which an answer goes wrong: what it says, how it travels and which requests it hits. A fault that
// changes only how an answer travels leaves what it says as it would have been.
type Fault struct {
	// Deny answers as IAM does, in each service's own words. The next three fields then stay empty.
	Deny bool
	// Throttle answers as the service does to a caller who asks too often. The next three fields then stay empty.
	Throttle bool
	// Status is the HTTP status; 0 is 400 with a Code and 200 without one.
	Status int
	// Code is AWS's error code, spelt in the protocol of the service that was asked.
	Code string
	// Body is sent as it is, as HTML, in place of an error with a code. With neither Code nor Body the answer is empty.
	Body string
	// Truncate sends the first half of the right answer, as if it were all; the fields above then stay empty.
	Truncate bool

	// Delay is how much later than others the answer comes. A caller who leaves ends the wait.
	Delay time.Duration
	// Reset closes the connection without any answer.
	Reset bool
	// Cut announces the whole answer, sends the first half of its body and closes the connection.
	Cut bool
	// Stall announces the whole answer, sends the first half of its body and then nothing until the caller leaves.
	Stall bool

	// Times is how many requests are hit before the fault is spent; 0 means all.
	Times int
	// FromCall and ToCall are the first and the last request that is hit, counted from 1 among those that all fields
	// below fit: a storm begins and ends. 0 is no bound. Retries count like any other request.
	FromCall, ToCall int
	// Page limits the fault to requests for the n-th page of a listing, counted from 1, and of a call that has no pages
	// to the n-th request, counted as above.
	Page int
	// ForID limits the fault to requests in which any parameter has this value: an image, a key ARN.
	ForID string
	// ForAccount and ForRegion limit the fault to one caller and one region.
	ForAccount string
	ForRegion  string
	// ForPages limits the fault to requests that ask for a further page.
	ForPages bool
}

// rule is a fault for an action, with what is left of it.
type rule struct {
	action string
	fault  Fault
	// seen counts the requests that the fault could hit, hits those that it did.
	seen, hits int
}

// Fail makes requests for an action ("ec2:DescribeImages") fail; a * in it is any run of characters ("ec2:*"). Where
// several faults fit, the first that is not spent applies.
func Fail(action string, fault Fault) Option {
	return func(b *behaviour) { b.faults = append(b.faults, &rule{action: action, fault: fault}) }
}

// Deny denies an action as IAM does: UnauthorizedOperation (403) by EC2, AccessDenied (403) by the query services,
// AccessDeniedException by the others, with 400 where they speak JSON 1.1 and 403 where they speak REST. With ids only
// the requests that name one of them are denied.
func Deny(action string, ids ...string) Option {
	if len(ids) == 0 {
		return Fail(action, Fault{Deny: true})
	}
	return func(b *behaviour) {
		for _, id := range ids {
			Fail(action, Fault{Deny: true, ForID: id})(b)
		}
	}
}

// Throttle refuses the first requests for an action as its service does when a token bucket is empty:
// RequestLimitExceeded (503) by EC2, CallRateLimitExceededException (429) by Image Builder, Throttling or
// ThrottlingException by the others.
func Throttle(action string, times int) Option {
	return Fail(action, Fault{Throttle: true, Times: times})
}

// ExpireToken refuses the first requests for a further page of a listing of EC2 or Auto Scaling: their token is no longer
// known.
func ExpireToken(action string, times int) Option {
	code := "InvalidPaginationToken"
	if strings.HasPrefix(action, "autoscaling:") {
		code = "InvalidNextToken"
	}
	return Fail(action, Fault{Code: code, Times: times, ForPages: true})
}

// EmptyPages puts n empty pages, each with a token, before every page of a listing. AWS may do so at any time.
func EmptyPages(action string, n int) Option { return func(b *behaviour) { b.emptyPages[action] = n } }

// AppearAfter hides an image from the first n DescribeImages calls that would have returned it, as eventual consistency
// does with a fresh one.
func AppearAfter(imageID string, n int) Option {
	return func(b *behaviour) { b.latecomers[imageID] = n }
}

// DisableRegion makes a region one that the account has not enabled: every service there treats the caller as a
// stranger (EC2: AuthFailure, 401), and DescribeRegions lists it as not opted in.
func DisableRegion(region string) Option { return func(b *behaviour) { b.disabled[region] = true } }
